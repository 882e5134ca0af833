internal import Crypto

/// SHA-256 of bytes, in lowercase hexadecimal: how every file of a run record is named and checked.
public enum ContentHash {
    /// The digest of some bytes, 64 hexadecimal digits.
    public static func sha256(_ bytes: some Sequence<UInt8>) -> String {
        hexadecimal(SHA256.hash(data: Array(bytes)))
    }

    /// The digest of a text's UTF-8 bytes, 64 hexadecimal digits.
    public static func sha256(_ text: String) -> String {
        sha256(text.utf8)
    }

    private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0x0F)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
