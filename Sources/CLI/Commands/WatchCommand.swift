internal import AWS
internal import ArgumentParser
internal import StackGen

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Follow a stack until CloudFormation has come to an end with it.",
        discussion: """
            On a terminal the resources at work are drawn with their times and what comes next; elsewhere each event is
            a line. With --output json each event is a JSON object on a line of its own, and the end is the last one.
            """)

    @OptionGroup var target: StackArguments
    @OptionGroup var waiting: WaitArguments
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console
        var request = WatchStack.Request(try target.reference())
        request.timeout = waiting.duration
        let live = LiveBoard(console: console, streamsJSON: true)
        let interruption = Interruption(console: console)
        let outcome = try await WatchStack.run(request, host: .terminal(console)) { progress in
            switch progress {
            case .began(let stack, let board):
                live.begin(board)
                interruption.arm(stack: stack.name)
            case .watching(let progress): live.tell(progress)
            }
        }
        try console.result("\(outcome.stackName): \(outcome.status)\n", json: try RecordJSON.line(outcome))
    }
}
