"""What the platform is told: reports, their deliveries, every attempt, every receipt."""

from exchange.models.alarm import Alarm
from exchange.models.attempt import Attempt, Outcome
from exchange.models.channel import Channel, Position
from exchange.models.delivery import HOLDING, NEEDS_A_HAND, RELEASING, UNSENT, Delivery, DeliveryState
from exchange.models.receipt import IncomingMessage, Receipt, Verdict, Way
from exchange.models.reconciliation import Reconciliation
from exchange.models.report import Operation, Report

__all__ = [
    "HOLDING",
    "NEEDS_A_HAND",
    "RELEASING",
    "UNSENT",
    "Alarm",
    "Attempt",
    "Channel",
    "Delivery",
    "DeliveryState",
    "IncomingMessage",
    "Operation",
    "Outcome",
    "Position",
    "Receipt",
    "Reconciliation",
    "Report",
    "Verdict",
    "Way",
]
