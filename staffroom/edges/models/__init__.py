"""The rows of this room: one file a part."""

from staffroom.edges.models.brokers import Broker, BrokerSide, BrokerWord
from staffroom.edges.models.questions import Crossing, Rise
from staffroom.edges.models.reshaping import Reshape, ReshapePart, ReshapePlace

__all__ = [
    "Broker",
    "BrokerSide",
    "BrokerWord",
    "Crossing",
    "Reshape",
    "ReshapePart",
    "ReshapePlace",
    "Rise",
]
