"""Keeps the lifecycle scripts of one stack in its bucket (CloudFormation custom resource).

Create and Update put every file under Prefix. The prefix holds the hash of the content, so changed scripts get a
new physical id, and CloudFormation asks to delete the old ones only after the cluster uses the new ones. Delete
removes every version of what was put here, so that the bucket can be deleted after it.
"""
import boto3
import cfnresponse


def handler(event, context):
    properties = event["ResourceProperties"]
    location = "s3://" + properties.get("Bucket", "") + "/" + properties.get("Prefix", "")
    try:
        if event["RequestType"] == "Delete":
            delete_files(properties)
        else:
            put_files(properties)
    except Exception as error:
        print(error)
        # A failed clean-up must not keep the stack from being deleted; the bucket then says what is left.
        if event["RequestType"] != "Delete":
            cfnresponse.send(event, context, cfnresponse.FAILED, {}, location, reason=str(error)[:1000])
            return
    cfnresponse.send(event, context, cfnresponse.SUCCESS, {"S3Uri": location}, location)


def put_files(properties):
    s3 = boto3.client("s3")
    for key, lines in files(properties):
        s3.put_object(Bucket=properties["Bucket"], Key=key, Body="\n".join(lines).encode())
        print("put " + key)


def delete_files(properties):
    s3 = boto3.client("s3")
    ours = {key for key, _ in files(properties)}
    pages = s3.get_paginator("list_object_versions").paginate(
        Bucket=properties["Bucket"], Prefix=properties["Prefix"] + "/"
    )
    for page in pages:
        for version in page.get("Versions", []) + page.get("DeleteMarkers", []):
            if version["Key"] in ours:
                s3.delete_object(Bucket=properties["Bucket"], Key=version["Key"], VersionId=version["VersionId"])
                print("deleted " + version["Key"])


def files(properties):
    return [(properties["Prefix"] + "/" + file["Name"], file["Lines"]) for file in properties["Files"]]
