internal import ArgumentParser
internal import StackGen

/// The stack that a command is about: named, or that of the configuration in the current folder.
struct StackArguments: ParsableArguments {
    @Argument(help: "The stack's name or ARN; without it, the stack of ./config.yaml.")
    var stack: String?

    @OptionGroup var connection: ConnectionArguments

    /// The stack, read from the configuration where it is not named.
    func reference() throws -> StackReference {
        if let stack { return StackReference(stack, connection.options) }
        let identity = try StackIdentity(of: Project(path: "."))
        return StackReference(identity.stackName, connection.options, configRegion: identity.region)
    }
}
