@testable import AWS

/// The calls of change sets, updates and drift, for the golden requests.
enum ChangeSetRequests {
    static let operations: [any AWSOperation] = [
        createChangeSet, updateStack, DescribeChangeSetInput(changeSetName: "c", stackName: "s", nextToken: "n"),
        ExecuteChangeSetInput(changeSetName: "c", stackName: "s", clientRequestToken: "t"),
        DeleteChangeSetInput(changeSetName: "arn:c"), ListChangeSetsInput(stackName: "s", nextToken: "n"),
        CancelUpdateStackInput(stackName: "s", clientRequestToken: "t"),
        ContinueUpdateRollbackInput(stackName: "s", resourcesToSkip: ["A", "B"]),
        UpdateTerminationProtectionInput(stackName: "s", isProtected: false),
        SetStackPolicyInput(stackName: "s", policy: "{}"), GetStackPolicyInput(stackName: "s"),
        DetectStackDriftInput(stackName: "s"), DescribeStackDriftDetectionStatusInput(detectionID: "d"),
        DescribeStackResourceDriftsInput(stackName: "s", statuses: ["MODIFIED", "DELETED"]),
    ]

    private static var createChangeSet: CreateChangeSetInput {
        var input = CreateChangeSetInput(stackName: "s", changeSetName: "c", kind: .resourceImport)
        input.templateURL = "https://b.s3.amazonaws.com/k"
        input.capabilities = ["CAPABILITY_IAM"]
        input.tags = [StackTag(key: "team", value: "ml platform")]
        input.clientToken = "t"
        input.onStackFailure = .delete
        input.roleARN = "arn:aws:iam::1:role/cfn"
        input.notificationARNs = []
        input.rollbackConfiguration = RollbackConfiguration(alarmARNs: ["arn:a"], monitoringMinutes: 10)
        input.importsExistingResources = false
        input.resourcesToImport = [
            .init(resourceType: "AWS::S3::Bucket", logicalResourceID: "B", identifier: ["BucketName": "b"])
        ]
        return input
    }

    private static var updateStack: UpdateStackInput {
        var input = UpdateStackInput(stackName: "s")
        input.templateBody = "{}"
        input.tags = [StackTag(key: "a", value: "b")]
        input.clientRequestToken = "t"
        input.notificationARNs = ["arn:aws:sns:r:1:t"]
        return input
    }
}
