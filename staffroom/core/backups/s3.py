"""A store that speaks S3: Amazon's, or any other (MinIO, Garage, Ceph, Backblaze …)."""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from django.conf import settings

from staffroom.core.backups import Unusable
from staffroom.core.full import is_full

LARGE = 64 << 20  # in parts from here on
PART = 16 << 20
MOST_PARTS = 10_000
CHUNK = 1 << 20


class Bucket:
    """One bucket and the beginning of the names in it."""

    away = True

    def __init__(self, client: Any, bucket: str, prefix: str) -> None:
        self.client, self.bucket, self.prefix = client, bucket, prefix

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}".rstrip("/")

    @classmethod
    def at(cls, address: str) -> "Bucket":
        parts = urlsplit(address)
        if not parts.netloc:
            raise Unusable(f"{address!r} names no bucket: s3://BUCKET/PREFIX.")
        prefix = parts.path.strip("/")
        return cls(_client(), parts.netloc, f"{prefix}/" if prefix else "")

    def names(self) -> list[str]:
        with self._said("list what is in"):
            pages = self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, Prefix=self.prefix
            )
            keys = [item["Key"] for page in pages for item in page.get("Contents", [])]
        return sorted(key.removeprefix(self.prefix) for key in keys)

    def put(self, name: str, source: Path) -> None:
        """Each part with its SHA-256, which the store checks; then asked once more how long it is."""
        size = source.stat().st_size
        with self._said("write to"), source.open("rb") as file:
            if size < LARGE:
                self._put_whole(name, file, size)
            else:
                self._put_parts(name, file, size)
            there = self.client.head_object(Bucket=self.bucket, Key=self.prefix + name)
        if there["ContentLength"] != size:
            raise Unusable(f"{name} did not arrive whole at {self}.")

    def fetch(self, name: str, target: Path) -> None:
        with self._said("read from"):
            answer = self.client.get_object(Bucket=self.bucket, Key=self.prefix + name)
            with target.open("wb") as out:
                for chunk in answer["Body"].iter_chunks(CHUNK):
                    out.write(chunk)
        if target.stat().st_size != answer["ContentLength"]:
            raise Unusable(f"{name} did not come whole from {self}. Try again.")

    def delete(self, name: str) -> None:
        with self._said("delete in"):
            self.client.delete_object(Bucket=self.bucket, Key=self.prefix + name)

    def _put_whole(self, name: str, file: IO[bytes], size: int) -> None:
        digest = hashlib.sha256()
        while chunk := file.read(CHUNK):
            digest.update(chunk)
        file.seek(0)
        self.client.put_object(
            Bucket=self.bucket,
            Key=self.prefix + name,
            Body=file,
            ContentLength=size,
            ChecksumSHA256=base64.b64encode(digest.digest()).decode(),
        )

    def _put_parts(self, name: str, file: IO[bytes], size: int) -> None:
        where = {"Bucket": self.bucket, "Key": self.prefix + name}
        begun = self.client.create_multipart_upload(**where, ChecksumAlgorithm="SHA256")
        where["UploadId"] = begun["UploadId"]
        length = max(PART, -(-size // MOST_PARTS))
        parts = []
        try:
            number = 0
            while data := file.read(length):
                number += 1
                total = base64.b64encode(hashlib.sha256(data).digest()).decode()
                done = self.client.upload_part(
                    **where, PartNumber=number, Body=data, ChecksumSHA256=total
                )
                parts.append({"PartNumber": number, "ETag": done["ETag"], "ChecksumSHA256": total})
            self.client.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})
        except BaseException:
            # Parts that belong to nothing are paid for month after month.
            self.client.abort_multipart_upload(**where)
            raise

    @contextmanager
    def _said(self, what: str) -> Iterator[None]:
        """What goes wrong, as a sentence that says what to look at."""
        from botocore import exceptions as wrong

        try:
            yield
        except (wrong.NoCredentialsError, wrong.PartialCredentialsError) as error:
            raise Unusable(
                f"there is no key to {self}: set STAFFROOM_BACKUP_ACCESS_KEY and "
                "STAFFROOM_BACKUP_SECRET_KEY."
            ) from error
        except wrong.ClientError as error:
            raise Unusable(self._answered(error.response, what)) from error
        except (wrong.HTTPClientError, wrong.BotoCoreError, ValueError) as error:
            raise Unusable(
                f"{self} cannot be reached ({type(error).__name__}). Is the machine on the "
                "network, and STAFFROOM_BACKUP_ENDPOINT right?"
            ) from error
        except OSError as error:
            if is_full(error):
                raise Unusable(
                    f"there is no room on the disk for what comes from {self}."
                ) from error
            raise Unusable(f"could not {what} {self} ({error.strerror}).") from error

    def _answered(self, response: dict[str, Any], what: str) -> str:
        code = str(response.get("Error", {}).get("Code", ""))
        status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        if code == "NoSuchBucket":
            return f"there is no bucket {self.bucket}. Make it, or mend STAFFROOM_BACKUP_TO."
        if code in {"NoSuchKey", "404"} or status == 404:
            return f"that is not in {self}; `staffroom backup --list` shows what is."
        if code in {"RequestTimeTooSkewed", "RequestExpired"}:
            return f"{self} says that this machine's clock is wrong: timedatectl set-ntp true."
        if status in {401, 403}:
            return f"{self} does not let us {what} it ({code}). Are the access key and its rights good?"
        return f"could not {what} {self}: it answered {status} {code}."


def _client() -> Any:
    import boto3
    from botocore.config import Config

    return boto3.client(
        "s3",
        endpoint_url=settings.BACKUP_ENDPOINT or None,
        region_name=settings.BACKUP_REGION,
        aws_access_key_id=settings.BACKUP_ACCESS_KEY or None,
        aws_secret_access_key=settings.BACKUP_SECRET_KEY or None,
        config=Config(
            signature_version="s3v4",
            connect_timeout=10,
            read_timeout=60,
            retries={"mode": "standard", "max_attempts": 4},
            # We send SHA-256 ourselves, in the form that every store understands.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={
                "payload_signing_enabled": True,
                "addressing_style": "path" if settings.BACKUP_ENDPOINT else "auto",
            },
        ),
    )
