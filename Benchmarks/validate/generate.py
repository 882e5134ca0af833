"""Writes distinct valid configurations, made from the example clusters by a seeded generator.

One in ten has a team that hardly ever borrows, so that findings are located, rendered and printed as well.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

TEMPLATE = """\
# Cluster {number} of the fleet.
kind: cluster-stack
version: "1.0"
name: {name}
description: Cluster {number} of the team {team}
region: {region}

tags:
  team: {team}
  cost-centre: "{cost}"

vpc:
  cidr: 10.{octet}.0.0/16
  availability_zones: [{zones}]

eks:
  version: "1.34"

instance_groups:
  # Runs the jobs; all in one zone, that of the file system.
  - name: gpu-workers
    instance_type: {gpu}
    count: {gpus}
    availability_zone: {zone}
    ebs_volume_gib: {volume}
  - name: system
    instance_type: ml.t3.2xlarge
    count: {systems}

fsx:
  deployment_type: PERSISTENT_2
  storage_gib: {storage}
  throughput_mbps_per_tib: {throughput}
  data_repository_associations:
    - file_system_path: /data
      s3_uri: s3://{team}-training-data-{number}
      auto_import: [NEW, CHANGED, DELETED]
      auto_export: [NEW, CHANGED, DELETED]

task_governance:
  fair_share: true
  idle_resource_sharing: true
  priority_classes: {{inference: 90, training: {training}, experiments: 40}}
  teams:
    - name: {team}-a
      quota: [{{instance_type: {gpu}, count: 1}}]
      sharing: {{strategy: LendAndBorrow, borrow_limit_percent: {borrow}}}
      preempt_team_tasks: LowerPriority
      fair_share_weight: {weight}
    - name: {team}-b
      quota: [{{instance_type: {gpu}, count: 1}}]
      sharing: {{strategy: LendAndBorrow, borrow_limit_percent: 100}}
      preempt_team_tasks: LowerPriority
      fair_share_weight: 10
"""

PLACES = [
    (
        "us-east-1",
        ["use1-az4", "use1-az6"],
        ["ml.g5.12xlarge", "ml.g5.48xlarge", "ml.p4d.24xlarge"],
    ),
    ("eu-central-1", ["euc1-az2", "euc1-az3"], ["ml.g5.12xlarge", "ml.g5.48xlarge"]),
]


def config(number: int, draw: random.Random) -> str:
    """One configuration."""
    region, zones, gpus = draw.choice(PLACES)
    team = draw.choice(["vision", "speech", "language", "robots", "maps"])
    return TEMPLATE.format(
        number=number,
        name=f"{team}-{number}",
        team=team,
        region=region,
        zones=", ".join(zones),
        zone=zones[1],
        cost=draw.randrange(1000, 9999),
        octet=draw.randrange(0, 250),
        gpu=draw.choice(gpus),
        gpus=draw.randrange(2, 32),
        volume=draw.randrange(100, 2000),
        systems=draw.randrange(4, 8),
        storage=2400 * draw.randrange(1, 9),
        throughput=draw.choice([125, 250, 500, 1000]),
        training=draw.randrange(50, 89),
        borrow=draw.randrange(25, 500),
        weight=draw.randrange(1, 100) if number % 10 else 0,
    )


def main() -> None:
    """`generate.py FOLDER COUNT`."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    draw = random.Random(41)
    for number in range(count):
        place = folder / f"team-{number // 100:03}" / f"cluster-{number:05}"
        place.mkdir(parents=True, exist_ok=True)
        (place / "config.yaml").write_text(config(number, draw), encoding="utf-8")


if __name__ == "__main__":
    main()
