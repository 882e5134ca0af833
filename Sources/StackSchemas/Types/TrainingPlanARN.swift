/// A training plan of SageMaker.
public enum TrainingPlan: ARNKind {
    /// What such ARNs look like.
    public static let format = TextFormat(
        "the ARN of a training plan",
        pattern: #"^arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:[0-9]{12}:training-plan/[A-Za-z0-9-]{1,64}$"#,
        rule: "of the form arn:aws:sagemaker:us-east-1:123456789012:training-plan/name", length: 20...2048,
        example: "arn:aws:sagemaker:us-east-1:123456789012:training-plan/p5-march")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)
}
