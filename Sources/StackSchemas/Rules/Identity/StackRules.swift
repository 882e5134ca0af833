import Diagnostics

extension Rule {
    /// The family STK: the stack and its tags.
    static let stack = [reservedTag, uncommonTag, ownTag, tagsInOneCase, keepsFailures, shortTimeout]

    private static let reservedTag = Rule(
        "STK001", .error, "Keys and values of tags do not begin with aws:.", because: "AWS keeps the prefix to itself.",
        source: "AWS docs: Tag naming limits and requirements", reads: ["tags"]
    ) { context in
        for entry in context.stack.tags.entries {
            if entry.key.text.lowercased().hasPrefix("aws:") {
                context.report("tags that begin with aws: are reserved", atKey: "tags" / entry.key.text)
            } else if entry.value.text.lowercased().hasPrefix("aws:") {
                context.report("values that begin with aws: are reserved", at: "tags" / entry.key.text)
            }
        }
    }

    private static let uncommonTag = Rule(
        "STK002", .error, "Tags consist of letters, digits, spaces and + - = . _ : / @.",
        because: "EC2 takes any character, IAM and other services do not, and the same tags go to all of them.",
        source: "AWS docs: Tag naming limits and requirements", reads: ["tags"], isAnswerable: true
    ) { context in
        for entry in context.stack.tags.entries {
            if let scalar = entry.key.text.unicodeScalars.first(where: { !isCommon($0) }) {
                context.report(
                    "IAM refuses `\(scalar)` in tags", atKey: "tags" / entry.key.text,
                    fix: Diagnostic.Fix("leave it out; if every role exists already, say so: \(answer("STK002"))"))
            } else if let scalar = entry.value.text.unicodeScalars.first(where: { !isCommon($0) }) {
                let shown = scalar == "\n" ? "a line break" : "`\(scalar)`"
                context.report(
                    "IAM refuses \(shown) in tags", at: "tags" / entry.key.text,
                    fix: Diagnostic.Fix("leave it out; if every role exists already, say so: \(answer("STK002"))"))
            }
        }
    }

    private static func isCommon(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                || " +-=._:/@".unicodeScalars.contains(scalar)
        }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || scalar.properties.generalCategory == .spaceSeparator
    }

    private static let ownTag = Rule(
        "STK003", .error, "Keys of tags do not begin with stackgen:.",
        because: "stackgen finds its stacks by these tags.", source: "stackgen: run records", reads: ["tags"]
    ) { context in
        for entry in context.stack.tags.entries where entry.key.text.lowercased().hasPrefix("stackgen:") {
            context.report("tags that begin with stackgen: are stackgen's own", atKey: "tags" / entry.key.text)
        }
    }

    private static let tagsInOneCase = Rule(
        "STK004", .error, "Keys of tags differ in more than case.",
        because: "IAM tells keys apart without regard to case and refuses the second one on its roles.",
        source: "AWS docs: Rules for tagging in IAM and AWS STS", reads: ["tags"]
    ) { context in
        let entries = context.stack.tags.entries
        for (index, entry) in entries.enumerated() {
            let other = entries[..<index].first { $0.key.text.lowercased() == entry.key.text.lowercased() }
            guard let other else { continue }
            context.report(
                "tag `\(entry.key)` is `\(other.key)` in other case", atKey: "tags" / entry.key.text,
                notes: [
                    Diagnostic.Note("the other tag is here", at: context.config.keySpan(of: "tags" / other.key.text))
                ])
        }
    }

    private static let keepsFailures = Rule(
        "STK005", .warning, "A stack that fails is rolled back.",
        because: "With DO_NOTHING everything that was made stays, and is paid for, until somebody deletes the stack.",
        source: "AWS docs: CreateStack", reads: ["stack.on_failure"]
    ) { context in
        guard context.stack.stack.onFailure == .doNothing else { return }
        context.report("what a failed stack has made stays and is paid for", at: "stack.on_failure")
    }

    private static let shortTimeout = Rule(
        "STK006", .warning, "Creating the stack has the time that it takes.",
        because:
            "A stack with nodes takes 35 to 70 minutes, longer with deep health checks; a shorter limit rolls back "
            + "what would have succeeded.",
        source: "chakravn/hp-on-policy-distil: README.md (field report)", reads: ["stack.timeout_minutes"]
    ) { context in
        guard let minutes = context.stack.stack.timeoutMinutes, minutes < 60 else { return }
        context.report(
            "\(minutes) minutes are probably too few", at: "stack.timeout_minutes",
            fix: context.replacement(of: "stack.timeout_minutes", with: "180"))
    }
}
