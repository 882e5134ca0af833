import Foundation
import Testing

@testable import AWS

@Suite struct CredentialsCacheTests {
    private let world = FixedWorld()

    @Test func asksAgainBeforeTheEnd() async throws {
        let (provider, cache) = make(lifetime: 3_600)
        for (advance, count) in [(0.0, 1), (2_600, 1), (200, 2), (2_600, 2), (3_600, 3)] {
            world.advance(advance)
            _ = try await cache.credentials()
            #expect(await provider.count == count, "after \(advance) s")
        }
    }

    @Test func keepsOldOnesWhileTheSourceFails() async throws {
        let (provider, cache) = make(lifetime: 3_600)
        let first = try await cache.credentials()
        await provider.fail(true)
        world.advance(3_000)
        #expect(try await cache.credentials() == first)
        world.advance(590)
        await #expect(throws: CredentialsError.self) { try await cache.credentials() }
        await provider.fail(false)
        #expect(try await cache.credentials() != first)
    }

    @Test func shortLivedOnesAreNotAskedForAtEveryCall() async throws {
        let (provider, cache) = make(lifetime: 300)
        for _ in 0..<5 { _ = try await cache.credentials() }
        #expect(await provider.count == 1)
        world.advance(61)
        _ = try await cache.credentials()
        #expect(await provider.count == 2)
    }

    @Test func callersAtTheSameTimeShareOneRequest() async throws {
        let (provider, cache) = make(lifetime: 3_600)
        let all = try await withThrowingTaskGroup(of: Credentials.self) { group in
            for _ in 0..<50 { group.addTask { try await cache.credentials() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(all.count == 50)
        #expect(await provider.count == 1)
    }

    @Test func onlyTheRefusedOnesAreForgotten() async throws {
        let (provider, cache) = make(lifetime: 3_600)
        let first = try await cache.credentials()
        await cache.invalidate(first)
        let second = try await cache.credentials()
        await cache.invalidate(first)
        #expect(try await cache.credentials() == second)
        #expect(await provider.count == 2)
    }

    private func make(lifetime: TimeInterval) -> (CountingProvider, CredentialsCache) {
        let now = world.host().now
        let provider = CountingProvider(lifetime: lifetime, now: now)
        return (provider, CredentialsCache(provider, now: now))
    }
}
