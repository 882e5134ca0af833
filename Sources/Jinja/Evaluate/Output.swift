extension RenderState {
    /// Prints a value into the output as the escape mode asks.
    func write(_ value: Value, _ escape: EscapeMode) throws {
        switch value {
        case .markup(let text): write(text)
        case .string(let text):
            switch escape {
            case .none: write(text)
            case .html: HTML.escape(text, to: &output)
            case .json, .yaml: try writeEncoded(value, escape)
            }
        case .int(let number): write(String(number))
        default:
            switch escape {
            case .none: write(try value.printed())
            case .html: HTML.escape(try value.printed(), to: &output)
            case .json, .yaml: try writeEncoded(value, escape)
            }
        }
        try requireOutputBudget()
    }

    @inline(__always)
    private func write(_ text: String) {
        output.append(contentsOf: text.utf8)
    }

    private func writeEncoded(_ value: Value, _ escape: EscapeMode) throws {
        if case .undefined(let undefined) = value {
            write(try undefined.printed())
            return
        }
        var encoder = JSONEncoding(style: escape == .yaml ? .yamlFlow : .plain)
        write(try encoder.encode(value))
    }
}
