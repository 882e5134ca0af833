/// Methods that ask about a text.
extension TextMethods.Call {
    /// The `is…` methods; `nil` for any other.
    func predicate() throws -> Bool? {
        guard name.hasPrefix("is") else { return nil }
        _ = try bind([])
        let scalars = text.unicodeScalars
        func all(_ holds: (Unicode.Scalar) -> Bool) -> Bool {
            !scalars.isEmpty && scalars.allSatisfy(holds)
        }
        switch name {
        case "isalpha": return all { $0.isAlphabeticLetter }
        case "isdigit":
            return all { $0.properties.numericType == .decimal || $0.properties.numericType == .digit }
        case "isdecimal": return all { $0.properties.numericType == .decimal }
        case "isnumeric": return all { $0.properties.numericType != nil }
        case "isalnum": return all { $0.isAlphabeticLetter || $0.properties.numericType != nil }
        case "isspace": return all { $0.isPythonSpace }
        case "isascii": return Text.isASCII(text)
        case "isprintable": return scalars.allSatisfy(\.isPrintable)
        case "isidentifier": return !text.isEmpty && Name.isIdentifier(text)
        case "islower": return Text.isLowercase(text)
        case "isupper": return Text.isUppercase(text)
        default: return Text.isTitlecase(text)
        }
    }

    /// Methods that look for a text; `nil` for any other.
    func searching() throws -> Value? {
        switch name {
        case "startswith", "endswith":
            let bound = try bind([.required("affix"), .optional("start"), .optional("end")])
            let scalars = Text.scalars(try SliceBounds(bound[1], bound[2], nil).select(text))
            var candidates: ContiguousArray<Value> = [bound[0]]
            if case .tuple(let tuple) = bound[0] { candidates = tuple.items }
            return .bool(try candidates.contains { try matches(Text.scalars(text($0)), scalars) })
        case "find", "rfind", "index", "rindex":
            guard let position = try position() else {
                if name.hasSuffix("index") { throw EvaluationError.value("substring not found") }
                return -1
            }
            return .int(position)
        case "count":
            let bound = try bind([.required("sub"), .optional("start"), .optional("end")])
            let part = try SliceBounds(bound[1], bound[2], nil).select(text)
            return .int(Text.occurrences(of: try text(bound[0]), in: part))
        default: return nil
        }
    }

    private func matches(_ affix: [Unicode.Scalar], _ scalars: [Unicode.Scalar]) -> Bool {
        name == "startswith"
            ? scalars.starts(with: affix)
            : scalars.count >= affix.count && scalars.suffix(affix.count).elementsEqual(affix)
    }

    private func position() throws -> Int? {
        let bound = try bind([.required("sub"), .optional("start"), .optional("end")])
        let scalars = Text.scalars(text)
        let (start, stop, _) = try SliceBounds(bound[1], bound[2], nil).resolved(count: scalars.count)
        guard start <= stop else { return nil }
        let part = Array(scalars[start..<stop])
        let needle = Text.scalars(try text(bound[0]))
        let found =
            name.hasPrefix("r")
            ? Text.lastPosition(of: needle, in: part) : Text.firstRange(of: needle, in: part)?.lowerBound
        return found.map { $0 + start }
    }
}
