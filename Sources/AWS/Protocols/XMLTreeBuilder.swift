import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Builds an `XMLTree` from the events of the parser.
final class XMLTreeBuilder: NSObject, XMLParserDelegate {
    /// Deeper than any answer of AWS; it keeps a hostile document from using up the stack.
    private static let maximumDepth = 256
    /// The root once its end was read.
    private(set) var root: XMLTree?
    private var open: [XMLTree] = []

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName qName: String?, attributes attributeDict: [String: String] = [:]
    ) {
        guard open.count < Self.maximumDepth else { return parser.abortParsing() }
        let name = elementName.split(separator: ":").last.map(String.init) ?? elementName
        open.append(XMLTree(name: name))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard !open.isEmpty else { return }
        open[open.count - 1].text += string
    }

    func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
        guard !open.isEmpty else { return }
        open[open.count - 1].text += String(decoding: CDATABlock, as: UTF8.self)
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
    ) {
        guard let element = open.popLast() else { return }
        if open.isEmpty {
            root = element
        } else {
            open[open.count - 1].children.append(element)
        }
    }
}
