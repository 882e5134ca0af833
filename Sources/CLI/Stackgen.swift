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

    static func main() async {
        do {
            var command = try parseAsRoot()
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
