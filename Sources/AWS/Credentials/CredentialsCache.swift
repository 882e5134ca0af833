public import Foundation

/// Keeps credentials and asks for new ones before they end; callers at the same time share one request.
public actor CredentialsCache {
    private let provider: any CredentialsProvider
    private let now: @Sendable () -> Date
    private var cached: Credentials?
    private var lastRequest: Date?
    private var running: Task<Credentials, any Error>?

    /// Within this time before the end new ones are asked for, in seconds (the figure is botocore's).
    static let refreshWindow: TimeInterval = 15 * 60
    /// With less than this left old ones are not used any more, in seconds.
    static let minimumRemaining: TimeInterval = 60
    /// The source is not asked again for this time while old ones work, in seconds: a source may only have
    /// credentials that end within the window.
    static let minimumInterval: TimeInterval = 60

    /// Makes a cache in front of a source.
    public init(_ provider: any CredentialsProvider, now: @escaping @Sendable () -> Date) {
        self.provider = provider
        self.now = now
    }

    /// Usable credentials.
    ///
    /// - Throws: `CredentialsError.notFound` when no source has any, or what the source throws.
    public func credentials() async throws -> Credentials {
        if let cached, cached.isUsable(at: now(), forAtLeast: Self.refreshWindow) { return cached }
        if let cached, cached.isUsable(at: now(), forAtLeast: Self.minimumRemaining), isRecentlyRequested {
            return cached
        }
        do {
            return try await refreshed()
        } catch {
            guard let cached, cached.isUsable(at: now(), forAtLeast: Self.minimumRemaining) else { throw error }
            return cached
        }
    }

    /// Forgets given credentials after a service said that they have ended; newer ones are kept.
    public func invalidate(_ credentials: Credentials) {
        if cached == credentials { cached = nil }
    }

    private var isRecentlyRequested: Bool {
        lastRequest.map { now().timeIntervalSince($0) < Self.minimumInterval } ?? false
    }

    private func refreshed() async throws -> Credentials {
        if let running { return try await running.value }
        lastRequest = now()
        let task = Task { [provider] in
            guard let credentials = try await provider.credentials() else {
                throw CredentialsError.notFound(tried: provider.name.components(separatedBy: ", "))
            }
            return credentials
        }
        running = task
        defer { running = nil }
        let credentials = try await task.value
        cached = credentials
        return credentials
    }
}
