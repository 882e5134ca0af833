import Foundation

@testable import AWS

/// Gives new credentials each time it is asked, and counts; it can be told to fail.
actor CountingProvider: CredentialsProvider {
    nonisolated let name = "counting"
    private let lifetime: TimeInterval
    private let now: @Sendable () -> Date
    private(set) var count = 0
    private var isFailing = false

    init(lifetime: TimeInterval, now: @escaping @Sendable () -> Date) {
        self.lifetime = lifetime
        self.now = now
    }

    func fail(_ isFailing: Bool) { self.isFailing = isFailing }

    func credentials() async throws -> Credentials? {
        count += 1
        let number = count
        await Task.yield()
        guard !isFailing else { throw CredentialsError.unavailable(source: name, problem: "told to", advice: nil) }
        return Credentials(
            accessKeyID: "AKID\(number)", secretAccessKey: "s", sessionToken: "token-\(number)",
            expiration: now().addingTimeInterval(lifetime), source: name)
    }
}
