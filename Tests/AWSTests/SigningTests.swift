import Foundation
import Testing

@testable import AWS

@Suite struct SigningTests {
    private let credentials = FixedWorld.credentials
    private let url = HTTPURL(scheme: "https", host: "s3.us-east-1.amazonaws.com", path: "/b/k")

    @Test func tokenCanBeAddedAfterSigning() {
        let request = HTTPRequest(method: "GET", url: url)
        let signed = signer(SigningOptions(signsSessionToken: false)).sign(request, date: FixedWorld.start)
        #expect(signed.request.headers["X-Amz-Security-Token"] == "canary/token+1")
        #expect(!signed.canonicalRequest.text.contains("x-amz-security-token"))

        let presigned = signer(SigningOptions(signsSessionToken: false)).presign(
            request, date: FixedWorld.start, expires: 60)
        #expect(presigned.request.url.query?.hasSuffix("&X-Amz-Security-Token=canary%2Ftoken%2B1") == true)
        #expect(!presigned.canonicalRequest.query.contains("Security-Token"))
    }

    @Test func signingAgainReplacesTheEarlierSignature() {
        let signer = signer(.s3)
        let once = signer.sign(HTTPRequest(method: "PUT", url: url), date: FixedWorld.start).request
        let later = FixedWorld.start.addingTimeInterval(3_600)
        let again = signer.sign(once, date: later).request
        #expect(again == signer.sign(HTTPRequest(method: "PUT", url: url), date: later).request)
        #expect(again.headers.values(of: "authorization").count == 1)
    }

    @Test func unsignedPayloadIsSent() {
        let options = SigningOptions(normalizesPath: false, encodesPathTwice: false, payload: .unsigned)
        let signed = signer(options).sign(
            HTTPRequest(method: "PUT", url: url, body: Data("x".utf8)), date: .distantPast)
        #expect(signed.request.headers["x-amz-content-sha256"] == "UNSIGNED-PAYLOAD")
        #expect(signed.canonicalRequest.payloadHash == "UNSIGNED-PAYLOAD")
    }

    @Test func bytesThatNoAddressMayHoldAreEncodedInTheQuery() throws {
        let url = try #require(HTTPURL("https://example.amazonaws.com/?ሴ=b ar&a=1"))
        let signed = signer(.standard).sign(HTTPRequest(method: "GET", url: url), date: FixedWorld.start)
        #expect(signed.canonicalRequest.query == "%E1%88%B4=b%20ar&a=1")
    }

    @Test func nothingPrintedHoldsASecret() {
        let signed = signer(.standard).sign(HTTPRequest(method: "GET", url: url), date: FixedWorld.start)
        let key = SigningKey(secretAccessKey: "canary-secret", scope: signed.stringToSign.scope)
        var text = "\(credentials) \(signed) \(key) \(String(reflecting: credentials)) \(String(reflecting: signed))"
        dump(credentials, to: &text)
        dump(signed, to: &text)
        dump(key, to: &text)
        dump(ProcessOutcome(status: 0, output: Data()), to: &text)
        for secret in ["canary", signed.signature] { #expect(!text.contains(secret)) }
        #expect(text.contains("MPLE"))
    }

    private func signer(_ options: SigningOptions) -> SigV4Signer {
        SigV4Signer(credentials: credentials, region: "us-east-1", service: "s3", options: options)
    }
}
