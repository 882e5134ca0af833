/// Waiting and chance, as functions, so that a test neither waits nor guesses.
public struct Pacing: Sendable {
    /// Waits; throws `CancellationError` when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// A number from 0 up to 1, without 1.
    public var random: @Sendable () -> Double

    /// Makes a pacing.
    public init(
        sleep: @escaping @Sendable (Duration) async throws -> Void, random: @escaping @Sendable () -> Double
    ) {
        self.sleep = sleep
        self.random = random
    }

    /// The clock and the random numbers of this machine.
    public static let live = Pacing(
        sleep: { try await Task.sleep(for: $0) }, random: { Double.random(in: 0..<1) })
}
