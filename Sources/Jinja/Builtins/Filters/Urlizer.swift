/// Turns addresses in escaped text into links.
struct Urlizer {
    let limit: Int?
    let relation: String
    let target: String?
    let schemes: [String]

    private var attributes: String {
        " rel=\"\(HTML.escaped(relation))\"" + (target.map { " target=\"\(HTML.escaped($0))\"" } ?? "")
    }

    func urlize(_ text: String) -> String {
        let scalars = Text.scalars(text)
        var result = ""
        var index = 0
        while index < scalars.count {
            let isSpace = scalars[index].isPythonSpace
            var end = index
            while end < scalars.count, scalars[end].isPythonSpace == isSpace { end += 1 }
            let run = Text.string(scalars[index..<end])
            result += isSpace ? run : link(run)
            index = end
        }
        return result
    }

    private func link(_ word: String) -> String {
        var (head, middle, tail) = Self.divide(word)
        Self.balance(&middle, &tail)
        let shown =
            limit.map { limit in
                let length = Text.length(middle)
                guard length > limit else { return middle }
                // A negative limit leaves out as many at the end, as Python's slices do.
                let kept = limit < 0 ? max(0, length &+ limit) : limit
                return Text.string(middle.unicodeScalars.prefix(kept)) + "..."
            } ?? middle
        if WebAddress.matches(middle) {
            let address =
                middle.hasPrefix("https://") || middle.hasPrefix("http://") ? middle : "https://" + middle
            middle = "<a href=\"\(address)\"\(attributes)>\(shown)</a>"
        } else if middle.hasPrefix("mailto:"), WebAddress.isEmail(String(middle.dropFirst(7))) {
            middle = "<a href=\"\(middle)\">\(middle.dropFirst(7))</a>"
        } else if middle.contains("@"), !middle.hasPrefix("www."), !middle.hasPrefix("@"),
            !middle.contains(":"),
            WebAddress.isEmail(middle)
        {
            middle = "<a href=\"mailto:\(middle)\">\(middle)</a>"
        } else {
            for scheme in schemes where middle != scheme && middle.hasPrefix(scheme) {
                middle = "<a href=\"\(middle)\"\(attributes)>\(middle)</a>"
            }
        }
        head += middle
        return head + tail
    }

    /// Opening punctuation, the rest, and closing punctuation.
    private static func divide(_ word: String) -> (String, String, String) {
        var middle = Substring(word)
        var head = ""
        while let opening = ["(", "<", "&lt;"].first(where: { middle.hasPrefix($0) }) {
            head += opening
            middle = middle.dropFirst(opening.count)
        }
        var tail = ""
        while let closing = [")", ">", ".", ",", "&gt;"].first(where: { middle.hasSuffix($0) }) {
            tail = closing + tail
            middle = middle.dropLast(closing.count)
        }
        return (head, String(middle), tail)
    }

    /// Gives closing brackets back to an address that opens as many itself.
    private static func balance(_ middle: inout String, _ tail: inout String) {
        for (opening, closing) in [("(", ")"), ("<", ">"), ("&lt;", "&gt;")] {
            let opened = Text.occurrences(of: opening, in: middle)
            guard opened > Text.occurrences(of: closing, in: middle) else { continue }
            for _ in 0..<min(opened, Text.occurrences(of: closing, in: tail)) {
                let scalars = Text.scalars(tail)
                guard let range = Text.firstRange(of: Text.scalars(closing), in: scalars) else { break }
                middle += Text.string(scalars[..<range.upperBound])
                tail = Text.string(scalars[range.upperBound...])
            }
        }
    }
}

/// What Jinja2 takes for the address of a page or a person.
enum WebAddress {
    private static let topLevelDomains: Set<String> = [
        "com", "net", "int", "edu", "gov", "org", "info", "mil",
    ]

    static func matches(_ text: String) -> Bool {
        let lower = Text.lowercased(text)
        var rest = Substring(lower)
        var hasScheme = false
        var hasWeb = false
        for scheme in ["http://", "https://"] where rest.hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            hasScheme = true
        }
        if !hasScheme, rest.hasPrefix("www.") {
            rest = rest.dropFirst(4)
            hasWeb = true
        }
        let authorityEnd = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        var host = rest[..<authorityEnd]
        if hasScheme, host.hasPrefix("[") { return isIPv6(host) }
        if let colon = host.lastIndex(of: ":") {
            let port = host[host.index(after: colon)...]
            guard (1...5).contains(port.count), port.allSatisfy(\.isNumber) else { return false }
            host = host[..<colon]
        }
        if hasScheme, isIPv4(host) { return true }
        return isDomain(host, hasPrefix: hasScheme || hasWeb)
    }

    private static func isDomain(_ host: Substring, hasPrefix: Bool) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard let last = labels.last, labels.dropLast().allSatisfy(isLabel) else { return false }
        if hasPrefix {
            let isBasic = (2...63).contains(last.count) && last.allSatisfy { ("a"..."z").contains($0) }
            let isEncoded =
                last.hasPrefix("xn--") && (2...59).contains(last.dropFirst(4).count)
                && isLabel(last.replacingHyphens)
            if isBasic || isEncoded { return true }
        }
        return labels.count > 1 && topLevelDomains.contains(String(last))
            && labels.dropLast().allSatisfy { (2...63).contains($0.unicodeScalars.count) }
    }

    private static func isLabel(_ label: Substring) -> Bool {
        !label.isEmpty && label.unicodeScalars.allSatisfy { $0.isWord || $0 == "%" || $0 == "-" }
    }

    private static func isIPv4(_ host: Substring) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(\.isNumber) }
    }

    private static func isIPv6(_ host: Substring) -> Bool {
        guard let end = host.firstIndex(of: "]") else { return false }
        let address = host[host.index(after: host.startIndex)..<end]
        let parts = address.split(separator: ":", omittingEmptySubsequences: false)
        return (3...8).contains(parts.count)
            && parts.allSatisfy { $0.count <= 4 && $0.allSatisfy(\.isHexDigit) }
    }

    /// What `urlize` takes as an extra scheme: a word with a colon, and up to two slashes.
    static func isScheme(_ text: String) -> Bool {
        var rest = Substring(text).unicodeScalars
        let name = rest.prefix { $0.isWord || ".+-".unicodeScalars.contains($0) }
        rest = rest[name.endIndex...]
        return name.count >= 2 && [":", ":/", "://"].contains(String(rest))
    }

    static func isEmail(_ text: String) -> Bool {
        guard let at = text.lastIndex(of: "@"), at > text.startIndex else { return false }
        let domain = text[text.index(after: at)...].unicodeScalars
        guard let first = domain.first, first.isWord, let dot = domain.lastIndex(of: ".") else {
            return false
        }
        let end = domain[domain.index(after: dot)...]
        return dot > domain.startIndex && !end.isEmpty && end.allSatisfy(\.isWord)
            && domain[..<dot].allSatisfy { $0.isWord || $0 == "." || $0 == "-" }
    }
}

extension Substring {
    fileprivate var replacingHyphens: Substring { self.filter { $0 != "-" }[...] }
}
