import CYAML

/// Runs libyaml over a text and hands every event to a tree builder.
enum EventReader {
    /// Reads until the end of the stream, a syntax error, or the builder's refusal to go on.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, from base: Int, into builder: inout TreeBuilder) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
        defer {
            parser.deallocate()
            event.deallocate()
        }
        guard yaml_parser_initialize(parser) == 1 else { return builder.fail(outOfMemoryAt: base) }
        defer { yaml_parser_delete(parser) }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        // An empty array has no address; libyaml wants one even for a length of zero.
        var nothing: UInt8 = 0
        withUnsafePointer(to: &nothing) { nothing in
            let start = bytes.baseAddress.map { $0 + base } ?? nothing
            yaml_parser_set_input_string(parser, start, bytes.count - base)
            while true {
                guard yaml_parser_parse(parser, event) == 1 else { return builder.fail(parser.pointee) }
                defer { yaml_event_delete(event) }
                if event.pointee.type == YAML_STREAM_END_EVENT || !builder.handle(event) { return }
            }
        }
    }
}
