extension RenderState {
    /// Prints a value into the output as the escape mode asks.
    func write(_ value: Value, _ escape: EscapeMode) throws {
        switch value {
        case .markup(let text): output.append(text)
        case .string(let text):
            switch escape {
            case .none: output.append(text)
            case .html: HTML.escape(text, to: output)
            case .json, .yaml: try writeEncoded(value, escape)
            }
        case .int(let number): output.append(number)
        default:
            switch escape {
            case .none: output.append(try value.printed())
            case .html: HTML.escape(try value.printed(), to: output)
            case .json, .yaml: try writeEncoded(value, escape)
            }
        }
        try requireOutputBudget()
    }

    private func writeEncoded(_ value: Value, _ escape: EscapeMode) throws {
        if case .undefined(let undefined) = value {
            output.append(try undefined.printed())
            return
        }
        var encoder = JSONEncoding(style: escape == .yaml ? .yamlFlow : .plain)
        output.append(try encoder.encode(value))
    }
}
