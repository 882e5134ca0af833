import Testing

@testable import AWS

@Suite struct HTTPURLTests {
    @Test(arguments: [
        ("https://h", "https://h/", "h"),
        ("HTTPS://H:443/a?b=c#f", "https://h:443/a?b=c", "h"),
        ("http://h:80", "http://h:80/", "h"),
        ("http://h:443/", "http://h:443/", "h:443"),
        ("https://[::1]:8443?x", "https://[::1]:8443/?x", "[::1]:8443"),
        ("https://h/a%2Fb//c/../d?", "https://h/a%2Fb//c/../d?", "h"),
    ])
    func keepsTheWireForm(text: String, wire: String, authority: String) throws {
        let url = try #require(HTTPURL(text))
        #expect(url.description == wire)
        #expect(url.authority == authority)
    }

    @Test(arguments: [
        "", "host", "ftp://h/", "https://", "https:///p", "https://user:pw@h/", "https://h:0/", "https://h:70000/",
        "https://h:x/", "https://h/\n", "https://a b/", "https://[]/",
    ])
    func refuses(text: String) {
        #expect(HTTPURL(text) == nil)
    }

    @Test(arguments: [
        ("http://localhost:1/", true), ("http://127.0.0.1/", true), ("http://127.255.0.9/", true),
        ("http://[::1]/", true), ("http://128.0.0.1/", false), ("http://127.0.0.1.evil.example/", false),
        ("http://localhost.evil.example/", false), ("http://127.0.0/", false), ("http://127.0.0.256/", false),
        ("http://169.254.169.254/", false),
    ])
    func knowsLoopback(text: String, isLoopback: Bool) throws {
        #expect(try #require(HTTPURL(text)).isLoopback == isLoopback)
    }
}
