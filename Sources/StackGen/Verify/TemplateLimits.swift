/// CloudFormation's and IAM's quotas on a template.
///
/// Sources: AWS docs, "Understand CloudFormation quotas"; AWS docs, "IAM and AWS STS quotas".
public enum TemplateLimits {
    /// The longest template, in bytes, that goes into the call itself.
    public static let inlineBytes = 51_200
    /// The longest template, in bytes, that CloudFormation reads from a bucket.
    public static let bucketBytes = 1_048_576
    /// Resources of a template.
    public static let resources = 500
    /// Outputs of a template.
    public static let outputs = 200
    /// Parameters of a template.
    public static let parameters = 200
    /// Mappings of a template.
    public static let mappings = 200
    /// The longest name of anything in a template, in characters.
    public static let nameLength = 255
    /// The template's own description, in bytes.
    public static let descriptionBytes = 1_024
    /// All inline policies of a role together, in characters without white space.
    public static let rolePolicyCharacters = 10_240
}
