"""A local AWS to create a HyperPod stack on: the moto server with a CloudFormation engine of our own.

The engine provisions every resource through the ordinary service APIs of the same server, so whatever a
stack made is visible to the `aws` CLI. Services that moto implements keep moto's stores; `services` adds
the operations that HyperPod needs and moto lacks.
"""
