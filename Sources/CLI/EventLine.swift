internal import AWS
internal import Foundation
internal import StackGen

/// One line of talk for every event of a stack.
struct EventLine: Sendable {
    let console: Console

    func tell(_ progress: StackWatch.Progress) {
        switch progress {
        case .interruption(let reason): console.say("  waiting: \(reason)")
        case .event(let event):
            // CloudFormation says twice that it begins: once when it does, once when the service took the call.
            if event.statusReason?.hasSuffix("Initiated") == true, !event.isOfStackItself { return }
            let time = event.timestamp.drop { $0 != "T" }.dropFirst().prefix(8)
            let status = event.resourceStatus.padding(
                toLength: max(22, event.resourceStatus.count), withPad: " ", startingAt: 0)
            let reason = event.statusReason.map { "  \($0)" } ?? ""
            console.say("  \(time)  \(status)  \(event.resourceType)  \(event.logicalResourceID)\(reason)")
        }
    }
}
