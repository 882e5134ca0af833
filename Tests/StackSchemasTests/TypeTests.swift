import Diagnostics
import Testing

@testable import StackSchemas

/// Types that know their domain.
@Suite struct TypeTests {
    @Test(arguments: [
        ("^a+$", "aaa", true), ("^a+$", "", false), ("a{2,3}", "aa", true), ("a{2,3}", "aaaa", false),
        ("(ab|c)*d", "ababcd", true), ("[^a-c]x", "dx", true), ("[^a-c]x", "ax", false), ("\\d\\.\\d", "1.2", true),
        ("^([a-z](-*[a-z])*)?$", "a--b", true), ("^([a-z](-*[a-z])*)?$", "a-", false), (".*", "a\nb", false),
        ("[]", "a", false), ("(a", "a", false), ("a{3,2}", "aaa", false), ("é+", "éé", true),
    ]) func patterns(_ pattern: String, _ text: String, _ matches: Bool) {
        #expect(TextPattern(pattern).matches(text) == matches)
    }

    @Test func patternsTakeLinearTime() {
        let text = String(repeating: "a", count: 5000) + "!"
        #expect(!TextPattern("^(a*)*(a*)*b$").matches(text))
    }

    @Test func blocks() {
        let block: CIDRBlock = "10.192.0.0/16"
        #expect(block.contains("10.192.255.0/24"))
        #expect(!block.contains("10.193.0.0/24"))
        #expect(block.overlaps("10.0.0.0/8"))
        #expect(block.subnet(3, prefixLength: 18) == "10.192.192.0/18")
        #expect(block.subnet(4, prefixLength: 18) == nil)
        #expect(CIDRBlock("10.192.3.4/16").canonical == block)
        #expect(CIDRBlock("0.0.0.0/0").addressCount == 1 << 32)
        #expect(CIDRBlock("255.255.255.255/32").contains("255.255.255.255/32"))
        #expect(
            !CIDRBlock.isValid("256.0.0.0/8") && !CIDRBlock.isValid("10.0.0.0/33") && !CIDRBlock.isValid("10.0.0.0"))
    }

    @Test func corrections() {
        #expect(ConfigName.correction(of: "My Cluster_1") == "my-cluster-1")
        #expect(Region.correction(of: "us-east-1a") == "us-east-1")
        #expect(KubernetesVersion.correction(of: "1.3") == "1.30")
        #expect(KubernetesVersion.correction(of: "v1.33.2") == "1.33")
        #expect(InstanceType.correction(of: "p5.48xlarge") == "ml.p5.48xlarge")
        #expect(BucketName.correction(of: "s3://My_Bucket/x") == "my-bucket")
        #expect(EndpointService.correction(of: "com.amazonaws.us-east-1.ecr.api") == "ecr.api")
    }

    @Test func bucketNames() {
        for name in ["ab", "a..b", "192.168.1.1", "xn--a", "a-s3alias", "Abc", "a_b", "-ab"] {
            #expect(!BucketName.isValid(name), "\(name)")
        }
        for name in ["abc", "a.b-c", "1bucket"] { #expect(BucketName.isValid(name), "\(name)") }
    }

    @Test func arns() {
        let key: ARN<KMSKey> = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        #expect(key.region == "us-east-1" && key.account == "123456789012" && key.partition == "aws")
        #expect(ARN<IAMRole>.isValid("arn:aws-us-gov:iam::123456789012:role/a/b"))
        #expect(!ARN<IAMRole>.isValid("arn:aws:iam::12345:role/a") && !ARN<IAMRole>.isValid(key.text))
        #expect(!ARN<IAMPrincipal>.isValid("arn:aws:sts::123456789012:assumed-role/a/b"))
    }

    @Test func flowTextIsReadBack() {
        for text in [
            "a", "1.33", "true", "", "a b", "s3://b/c", "10.0.0.0/16", "03:00", "x: y", "#a", "é", "a\nb", "-",
        ] {
            let outcome = FieldCheck.check("{k: \(ConfigValue.string(text).flowText)}", at: "tags", kind: .clusterStack)
            #expect(outcome.value == .record(["k": .string(text)]), "\(text)")
        }
    }

    @Test func valuesAreCheckedByPath() {
        let kind = StackKind.clusterStack
        #expect(FieldCheck.check("1.30", at: "eks.version", kind: kind).value == "1.30")
        #expect(FieldCheck.check("8", at: "instance_groups[gpu-workers].count", kind: kind).value == 8)
        #expect(
            FieldCheck.check("8000", at: "instance_groups[0].count", kind: kind).diagnostics.map(\.id) == ["SCHEMA004"])
        #expect(FieldCheck.check("x", at: "tags[\"a.b\"]", kind: kind).value == "x")
        #expect(
            FieldCheck.check("1.3", at: "eks.version", kind: kind).diagnostics.first?.fix?.edits.first?.replacement
                == "1.30")
        #expect(
            FieldCheck.check("1", at: "eks.versoin", kind: kind).diagnostics.first?.label
                == "did you mean `eks.version`?")
        #expect(FieldCheck.check("", at: "eks.version", kind: kind).value == nil)
        #expect(FieldCheck.check("foo: bar # baz", at: "description", kind: kind).value == "foo: bar # baz")
    }
}
