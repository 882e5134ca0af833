import Foundation
import Testing

@testable import AWS

/// Answers in the form of each protocol's reference, from `Cases/protocols`.
@Suite struct ResponseTests {
    @Test func readsStacks() throws {
        let page = try DescribeStacksInput().decode(answer("DescribeStacks.xml"))
        let stack = try #require(page.stacks.first)
        #expect(page.stacks.count == 2)
        #expect(page.nextToken == "next")
        #expect(stack.name == "ml-cluster")
        #expect(stack.status == .createComplete)
        #expect(stack.outputs.map(\.key) == ["VpcId", "Cluster"])
        #expect(stack.outputs.last?.value == "<arn> & more")
        #expect(stack.tags == [StackTag(key: "stackgen:kind", value: "cluster-stack")])
        #expect(stack.capabilities == ["CAPABILITY_NAMED_IAM"])
        #expect(stack.isTerminationProtected)
        #expect(stack.creationDate == Date(timeIntervalSince1970: 1_738_318_830.25))
        #expect(page.stacks.last?.status == .unknown("FROZEN_IN_PROGRESS"))
    }

    @Test func readsAnEmptyLastPage() throws {
        let empty =
            "<DescribeStacksResponse><DescribeStacksResult><Stacks/></DescribeStacksResult></DescribeStacksResponse>"
        let page = try DescribeStacksInput().decode(HTTPResponse(status: 200, body: Data(empty.utf8)))
        #expect(page == DescribeStacksInput.Output(stacks: [], nextToken: nil))
    }

    @Test func readsZones() throws {
        let zones = try DescribeAvailabilityZonesInput().decode(answer("DescribeAvailabilityZones.xml"))
        #expect(zones.map(\.id) == ["use1-az6", "use1-az4"])
        #expect(zones.map(\.name) == ["us-east-1a", "us-east-1b"])
    }

    @Test func readsJSON() throws {
        let eks = try DescribeEKSClusterInput(clusterName: "c").decode(answer("EKSDescribeCluster.json"))
        #expect(eks.version == "1.33")
        #expect(eks.accessConfig?.authenticationMode == "API_AND_CONFIG_MAP")
        let hyperPod = try DescribeHyperPodClusterInput(clusterName: "c").decode(answer("HyperPodDescribeCluster.json"))
        #expect(hyperPod.creationTime == Date(timeIntervalSince1970: 1_738_318_830.25))
        #expect(hyperPod.instanceGroups?.first?.targetCount == 4)
    }

    @Test func templateTextIsNotTouched() throws {
        let body =
            "<GetTemplateResponse><GetTemplateResult><TemplateBody>\n A: &lt;b&gt; &amp;amp; "
            + "<![CDATA[<raw> & ]]>&#13;\n </TemplateBody></GetTemplateResult></GetTemplateResponse>"
        let template = try GetTemplateInput(stackName: "s").decode(HTTPResponse(status: 200, body: Data(body.utf8)))
        #expect(Array(template.utf8) == Array("\n A: <b> &amp; <raw> & \r\n ".utf8))
    }

    @Test(arguments: [
        ("", "it is not XML"), ("<a>", "it is not XML"), ("<html/>", "its root is <html>"),
        ("<GetCallerIdentityResponse/>", "it has no account or no ARN"),
        (String(repeating: "<a>", count: 5_000) + String(repeating: "</a>", count: 5_000), "it is not XML"),
    ])
    func brokenXMLIsAnError(body: String, problem: String) {
        #expect(throws: DecodingFailure(operation: "STS GetCallerIdentity", problem: problem)) {
            try GetCallerIdentityInput().decode(HTTPResponse(status: 200, body: Data(body.utf8)))
        }
    }

    @Test(arguments: [
        ("{}", "`cluster` is missing"), ("{\"cluster\": {}}", "`cluster.name` is missing"),
        ("{\"cluster\": {\"name\": 1}}", "`cluster.name` is of another type"),
        ("<html>", "it is not the expected JSON"),
    ])
    func brokenJSONIsAnError(body: String, problem: String) {
        #expect(throws: DecodingFailure(operation: "EKS DescribeCluster", problem: problem)) {
            try DescribeEKSClusterInput(clusterName: "c").decode(HTTPResponse(status: 200, body: Data(body.utf8)))
        }
    }

    @Test(arguments: [
        ("query", AWSService.cloudFormation, 400, "AlreadyExistsException", "Stack [s] already exists", "r-1"),
        ("ec2", .ec2, 403, "UnauthorizedOperation", "no", "r-2"),
        ("s3", .s3, 404, "NoSuchBucket", "The specified bucket does not exist", "r-3"),
    ])
    func readsXMLErrors(
        name: String, service: AWSService, status: Int, code: String, message: String, requestID: String
    ) throws {
        let error = read(status, try Cases.data("protocols/error-\(name).xml"), [:], service)
        #expect(error.code == code)
        #expect(error.message == message)
        #expect(error.requestID == requestID)
        #expect(error.bodyExcerpt == nil)
    }

    @Test(
        arguments: [
            ("{\"__type\":\"com.amazonaws#ResourceNotFound\",\"Message\":\"m\"}", nil, "ResourceNotFound"),
            ("{\"message\":\"m\"}", "ResourceNotFoundException:http://x/", "ResourceNotFoundException"),
            ("{\"code\":\"Teapot\",\"message\":\"m\"}", nil, "Teapot"),
        ] as [(String, String?, String)])
    func readsJSONErrors(body: String, type: String?, code: String) {
        var headers = HTTPHeaders()
        headers["x-amzn-ErrorType"] = type
        let error = read(404, Data(body.utf8), headers, .eks)
        #expect(error.code == code)
        #expect(error.message == "m")
    }

    @Test func headRequestsAreToldByTheirStatus() {
        let error = read(301, Data(), ["x-amz-bucket-region": "eu-west-1"], .s3)
        #expect(error.code == "Redirected")
        #expect(error.bucketRegion == "eu-west-1")
        #expect(read(404, Data(), [:], .s3).code == "NotFound")
        #expect(read(403, Data(), [:], .s3).isAccessDenied)
    }

    @Test func aChangedObjectIsAnError() throws {
        let input = GetObjectInput(bucket: "b", key: "k")
        let checksum = Digest.sha256Base64(Data("good".utf8))
        let headers: HTTPHeaders = ["x-amz-checksum-sha256": checksum, "ETag": "\"e\"", "x-amz-version-id": "v"]
        let good = try input.decode(HTTPResponse(status: 200, headers: headers, body: Data("good".utf8)))
        #expect(good.metadata.versionID == "v")
        #expect(throws: DecodingFailure.self) {
            try input.decode(HTTPResponse(status: 200, headers: headers, body: Data("evil".utf8)))
        }
    }

    @Test func statusesAreTerminalFailedOrNeither() {
        #expect(StackStatus.known.count == 23)
        for status in StackStatus.known { #expect(StackStatus(rawValue: status.rawValue) == status) }
        let terminal = StackStatus.known.filter(\.isTerminal)
        #expect(terminal.count == 13)
        #expect(StackStatus.rollbackInProgress.isFailure && !StackStatus.rollbackInProgress.isTerminal)
        #expect(StackStatus.updateCompleteCleanupInProgress.isInProgress)
        #expect(!StackStatus.deleteComplete.isFailure && StackStatus.deleteComplete.isDeleted)
    }

    private func answer(_ file: String) throws -> HTTPResponse {
        HTTPResponse(status: 200, body: try Cases.data("protocols/\(file)"))
    }

    private func read(_ status: Int, _ body: Data, _ headers: HTTPHeaders, _ service: AWSService) -> AWSServiceError {
        let call = RequestPipeline.Call(
            service: service, operation: "O", region: "r", signing: nil, isRepeatable: true)
        let response = HTTPResponse(status: status, headers: headers, body: body)
        return AWSServiceError.read(response, call: call, redaction: Redaction(credentials: nil))
    }
}
