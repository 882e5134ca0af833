internal import Foundation

/// Writes the configuration of a new project.
public enum NewProject {
    /// Writes `config.yaml` into a folder, which is made when it is not there.
    /// - Returns: the path of the file.
    /// - Throws: `WorkflowError` (`RUN003`) when the file is there, or when it cannot be written.
    public static func write(_ config: String, to folder: String, overwrites: Bool) throws -> String {
        let path = (folder.hasSuffix("/") ? folder : folder + "/") + Project.configName
        if !overwrites, FileManager.default.fileExists(atPath: path) {
            throw WorkflowError(
                .preflight,
                ProjectRule.exists.error(
                    "`\(path)` is there already", fix: "choose another folder, or pass --force to overwrite"))
        }
        do {
            try FileManager.default.createDirectory(
                at: URL(fileURLWithPath: folder), withIntermediateDirectories: true)
            try DurableFile.replace(URL(fileURLWithPath: path), with: Array(config.utf8))
        } catch {
            throw WorkflowError(error)
        }
        return path
    }
}
