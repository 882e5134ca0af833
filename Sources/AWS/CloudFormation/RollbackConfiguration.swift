/// The alarms that CloudFormation watches during an operation and for a while after it: one that goes off takes the
/// operation back.
///
/// Source: AWS docs, RollbackConfiguration (CloudFormation API).
public struct RollbackConfiguration: Sendable, Equatable, Codable {
    /// The ARNs of CloudWatch alarms, at most 5.
    public let alarmARNs: [String]
    /// For how many minutes after the operation they are watched, 0 to 180; nil is 0.
    public let monitoringMinutes: Int?

    /// Names alarms.
    public init(alarmARNs: [String], monitoringMinutes: Int? = nil) {
        self.alarmARNs = alarmARNs
        self.monitoringMinutes = monitoringMinutes
    }

    /// Reads the element `RollbackConfiguration`.
    init(_ element: XMLTree) {
        alarmARNs = element.list("RollbackTriggers").compactMap { $0.string("Arn") }
        monitoringMinutes = element.string("MonitoringTimeInMinutes").flatMap { Int($0) }
    }
}

extension QueryParameters {
    /// Sets parameters as `Parameters.member.N.ParameterKey` and `.ParameterValue`.
    mutating func setParameters(_ parameters: [StackParameter]) {
        for (index, parameter) in parameters.enumerated() {
            set("Parameters.member.\(index + 1).ParameterKey", parameter.key)
            set("Parameters.member.\(index + 1).ParameterValue", parameter.value)
        }
    }

    /// Sets tags as `Tags.member.N.Key` and `.Value`.
    mutating func setTags(_ tags: [StackTag]) {
        for (index, tag) in tags.enumerated() {
            set("Tags.member.\(index + 1).Key", tag.key)
            set("Tags.member.\(index + 1).Value", tag.value)
        }
    }

    /// Sets a list that takes the place of the one that is there: nil leaves that one alone, an empty list removes it.
    mutating func setReplacement(_ name: String, _ values: [String]?) {
        guard let values else { return }
        if values.isEmpty { set(name, "") } else { setList(name, values) }
    }

    /// Sets alarms; nil leaves alone what is there.
    mutating func set(_ configuration: RollbackConfiguration?) {
        guard let configuration else { return }
        set("RollbackConfiguration.MonitoringTimeInMinutes", configuration.monitoringMinutes ?? 0)
        if configuration.alarmARNs.isEmpty { set("RollbackConfiguration.RollbackTriggers", "") }
        for (index, arn) in configuration.alarmARNs.enumerated() {
            let prefix = "RollbackConfiguration.RollbackTriggers.member.\(index + 1)"
            set("\(prefix).Arn", arn)
            set("\(prefix).Type", "AWS::CloudWatch::Alarm")
        }
    }
}
