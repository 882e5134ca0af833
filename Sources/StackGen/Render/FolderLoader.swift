internal import Diagnostics
internal import Foundation
internal import Jinja

/// Finds templates inside one folder and nowhere else, whatever `..`, links or absolute names say.
struct FolderLoader: TemplateLoader {
    /// The folder; `nil` finds nothing.
    let folder: URL?

    func source(named name: String) throws -> SourceFile? {
        guard let folder, !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else { return nil }
        // A link inside the folder may point outside of it, so the comparison is of resolved paths.
        let root = folder.resolvingSymlinksInPath().path
        let file = folder.appendingPathComponent(name).resolvingSymlinksInPath()
        guard file.path.hasPrefix(root.hasSuffix("/") ? root : root + "/"), let data = try? Data(contentsOf: file)
        else {
            return nil
        }
        return SourceFile(name: name, bytes: Array(data))
    }
}
