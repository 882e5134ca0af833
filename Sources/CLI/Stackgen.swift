internal import ArgumentParser
internal import StackGen

/// The executable: arguments in, results out. Everything it does, the library `StackGen` does.
@main
struct Stackgen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stackgen",
        abstract: "Provisions SageMaker HyperPod clusters on Amazon EKS from one checked configuration.",
        discussion: """
            A new cluster:  stackgen init cluster-stack my-cluster
                            stackgen configure --folder my-cluster eks.version=1.33
                            stackgen validate my-cluster
                            stackgen create my-cluster --wait
            """,
        version: StackGenVersion.current,
        subcommands: [
            InitCommand.self,
            ConfigureCommand.self,
            ResetCommand.self,
            UpgradeCommand.self, MigrateCommand.self, ImportCommand.self,
            ValidateCommand.self,
            CreateCommand.self,
            UpdateCommand.self,
            AdoptCommand.self,
            DiffCommand.self,
            ResumeCommand.self,
            RenderCommand.self,
            ListCommand.self,
            DescribeCommand.self,
            WatchCommand.self,
            EventsCommand.self,
            OutputsCommand.self,
            DriftCommand.self,
            CancelCommand.self,
            DeleteCommand.self,
            VerifyCommand.self,
            ExplainCommand.self,
            SchemaCommand.self,
            KubeconfigCommand.self,
            TokenCommand.self,
            GetContextCommand.self,
            ListClustersCommand.self,
            PreflightCommand.self,
            WhoAmICommand.self,
            YAMLCommand.self,
            SignCommand.self,
            GovernanceCommand.self,
        ])

    /// The command that arguments ask for.
    ///
    /// The parser makes a definition of every option of every command before it reads the first argument, which takes
    /// longer than validating a configuration. So the command that is named is parsed alone, and all of them only
    /// where that fails: a mistake and `--help` are then answered in the words of the whole program.
    private static func command(of arguments: [String]) throws -> any ParsableCommand {
        let named = configuration.subcommands.first { $0.configuration.commandName == arguments.first }
        if let named, named.configuration.subcommands.isEmpty,
            let command = try? named.parseAsRoot(Array(arguments.dropFirst())), type(of: command) == named
        {
            return command
        }
        return try parseAsRoot(arguments)
    }

    static func main() async {
        do {
            var command = try command(of: Array(CommandLine.arguments.dropFirst()))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Failure.exit(with: error)
        }
    }
}
