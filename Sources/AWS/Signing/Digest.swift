import Crypto
import Foundation

/// SHA-256 and HMAC-SHA-256 in the forms that signing and S3 use.
enum Digest {
    /// The SHA-256 of bytes in lower-case hexadecimal, 64 characters.
    static func sha256Hex(_ bytes: some DataProtocol) -> String {
        hexadecimal(SHA256.hash(data: bytes))
    }

    /// The SHA-256 of bytes in Base64, as `x-amz-checksum-sha256` carries it.
    static func sha256Base64(_ bytes: some DataProtocol) -> String {
        Data(SHA256.hash(data: bytes)).base64EncodedString()
    }

    /// HMAC-SHA-256, 32 bytes.
    static func hmac(_ text: String, key: Data) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: key)))
    }

    /// Bytes in lower-case hexadecimal.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let characters = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0x0F)]] }
        return String(decoding: characters, as: UTF8.self)
    }
}
