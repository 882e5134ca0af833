import Testing
import YAML

@Suite struct ScalarTests {
    @Test(
        arguments: [
            ("true", true), ("True", true), ("TRUE", true), ("false", false), ("False", false), ("FALSE", false),
            ("yes", nil), ("no", nil), ("on", nil), ("off", nil), ("tRUE", nil), ("y", nil), ("1", nil),
        ] as [(String, Bool?)])
    func booleans(text: String, expected: Bool?) {
        #expect(Scalar(text).asBool == expected)
        #expect(Scalar(text, style: .doubleQuoted).asBool == nil)
    }

    @Test(
        arguments: [
            ("0", 0), ("-1", -1), ("+12", 12), ("0x1F", 31), ("0o17", 15), ("007", 7), ("1_000", nil), ("1.0", nil),
            ("", nil), ("0x", nil), ("-0x1", nil), ("9223372036854775808", nil), ("9223372036854775807", Int.max),
            ("--1", nil),
            ("１", nil),
        ] as [(String, Int?)])
    func integers(text: String, expected: Int?) {
        #expect(Scalar(text).asInt == expected)
        #expect(Scalar(text, style: .singleQuoted).asInt == nil)
    }

    @Test(
        arguments: [
            ("1.30", 1.3), ("-1e3", -1000), (".5", 0.5), ("1.", 1), (".inf", .infinity), ("-.INF", -.infinity),
            ("1e", nil), (".", nil), ("inf", nil), ("nan", nil), ("1_0.0", nil), ("0x10", 16), ("1:30", nil),
            ("infinity", nil),
        ] as [(String, Double?)])
    func numbers(text: String, expected: Double?) {
        #expect(Scalar(text).asDouble == expected)
    }

    @Test func kinds() {
        #expect(Scalar("").kind == .null)
        #expect(Scalar("~").isNull)
        #expect(!Scalar("", style: .doubleQuoted).isNull)
        #expect(Scalar("99999999999999999999").kind == .int)
        #expect(Scalar("1.5").kind == .float)
        #expect(Scalar("1", tag: .string).kind == .string)
        #expect(Scalar("1", style: .doubleQuoted, tag: .int).asInt == 1)
        #expect(Scalar(".nan").asDouble?.isNaN == true)
    }
}
