extension HTTPTransport {
    /// Sends an unsigned request to a metadata service, again at once when it fails for a moment.
    ///
    /// - Throws: the last `TransportError`.
    func sendPatiently(_ request: HTTPRequest, attempts: Int) async throws -> HTTPResponse {
        for _ in 1..<max(attempts, 1) {
            do {
                let response = try await send(request)
                if response.status < 500 && response.status != 429 { return response }
            } catch let error as TransportError where error.isTransient {
                continue
            }
        }
        return try await send(request)
    }
}
