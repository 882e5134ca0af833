/// The template of the kind `hosted-stack`, embedded in the binary; a target of its own, since embedded files of one
/// target are told apart by their names alone.
public enum HostedTemplates {
    /// `cfn_params.jinja`, byte for byte.
    public static var parameters: [UInt8] { PackageResources.cfn_params_jinja }
}
