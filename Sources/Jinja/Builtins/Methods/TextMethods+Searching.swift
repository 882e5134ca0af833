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
            let whole = Text.scalars(text)
            let (start, stop) = try SliceBounds(bound[1], bound[2], nil).searched(count: whole.count)
            // Not even the empty text is found behind the end.
            let scalars = start <= stop ? Array(whole[start..<stop]) : nil
            var candidates: ContiguousArray<Value> = [bound[0]]
            if case .tuple(let tuple) = bound[0] { candidates = tuple.items }
            return .bool(
                try candidates.contains { candidate in
                    let affix = Text.scalars(try self.text(candidate))
                    return scalars.map { matches(affix, $0) } ?? false
                })
        case "find", "rfind", "index", "rindex":
            guard let position = try position() else {
                if name.hasSuffix("index") { throw EvaluationError.value("substring not found") }
                return -1
            }
            return .int(position)
        case "count":
            let bound = try bind([.required("sub"), .optional("start"), .optional("end")])
            let whole = Text.scalars(text)
            let (start, stop) = try SliceBounds(bound[1], bound[2], nil).searched(count: whole.count)
            let needle = try text(bound[0])
            return .int(start <= stop ? Text.occurrences(of: needle, in: Text.string(whole[start..<stop])) : 0)
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
        let (start, stop) = try SliceBounds(bound[1], bound[2], nil).searched(count: scalars.count)
        guard start <= stop else { return nil }
        let part = Array(scalars[start..<stop])
        let needle = Text.scalars(try text(bound[0]))
        let found =
            name.hasPrefix("r")
            ? Text.lastPosition(of: needle, in: part) : Text.firstRange(of: needle, in: part)?.lowerBound
        return found.map { $0 + start }
    }
}
