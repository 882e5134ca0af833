/// `credential_process` of a profile: a program that writes credentials to its standard output.
struct ProcessProvider: CredentialsProvider {
    let profile: SharedConfiguration.Profile
    let host: HostEnvironment

    var name: String { "credential_process of profile \(profile.name)" }

    func credentials() async throws -> Credentials? {
        guard let line = profile["credential_process"] else { return nil }
        guard let words = ShellWords.split(line), let program = words.first else {
            throw CredentialsError.misconfigured(source: name, problem: "the command line has an open quote")
        }
        // Without a shell, `~` would be taken as it is.
        let command = [host.expandingTilde(program)] + words.dropFirst()
        let outcome: ProcessOutcome
        do {
            outcome = try await host.run(command)
        } catch {
            throw CredentialsError.unavailable(source: name, problem: "`\(program)` could not be run", advice: nil)
        }
        guard outcome.status == 0 else {
            throw CredentialsError.unavailable(
                source: name, problem: "`\(program)` ended with status \(outcome.status)",
                advice: outcome.status == 127 ? "Is it installed and in PATH?" : nil)
        }
        return try ProcessCredentials.read(outcome.output, source: name)
    }
}
