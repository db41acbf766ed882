"""One picture with a few controls for each idea of the course."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from course_lib.explorers.action_potential import action_potential
from course_lib.explorers.blood_pressure import blood_pressure
from course_lib.explorers.calcium_balance import calcium_balance
from course_lib.explorers.calcium_switch import calcium_switch
from course_lib.explorers.calcium_transient import calcium_transient
from course_lib.explorers.case_clinic import case_clinic
from course_lib.explorers.cofactors import cofactors
from course_lib.explorers.comparators import comparators
from course_lib.explorers.cramp_loop import cramp_loop
from course_lib.explorers.cramp_threshold import cramp_threshold
from course_lib.explorers.cross_bridges import cross_bridges
from course_lib.explorers.divalent_screen import divalent_screen
from course_lib.explorers.evidence_ladder import evidence_ladder
from course_lib.explorers.first_slider import first_slider
from course_lib.explorers.force_velocity import force_velocity
from course_lib.explorers.forest import forest
from course_lib.explorers.inflammation import inflammation
from course_lib.explorers.magnesium_balance import magnesium_balance
from course_lib.explorers.missed_meals import missed_meals
from course_lib.explorers.motoneuron_bistability import motoneuron_bistability
from course_lib.explorers.motor_units import motor_units
from course_lib.explorers.nerve_muscle_junction import nerve_muscle_junction
from course_lib.explorers.nfkb_feedback import nfkb_feedback
from course_lib.explorers.nmda_block import nmda_block
from course_lib.explorers.pooling import pooling
from course_lib.explorers.potassium_balance import potassium_balance
from course_lib.explorers.regression_to_the_mean import regression_to_the_mean
from course_lib.explorers.resting_potential import resting_potential
from course_lib.explorers.romk_block import romk_block
from course_lib.explorers.ryanodine_brake import ryanodine_brake
from course_lib.explorers.sarcomere import sarcomere
from course_lib.explorers.scoreboard import scoreboard
from course_lib.explorers.skin import skin
from course_lib.explorers.sleep_pressure import sleep_pressure
from course_lib.explorers.trial_size import trial_size
from course_lib.explorers.twitch_to_tetanus import twitch_to_tetanus
from course_lib.explorers.vessel import vessel
from course_lib.explorers.vote_changes import vote_changes
from course_lib.explorers.who_cramps import who_cramps
from course_lib.explorers.wind_up import wind_up
from course_lib.ui import Explorer

CATALOGUE: Mapping[str, Callable[..., Explorer[Any]]] = MappingProxyType(
    {
        explorer.__name__: explorer
        for explorer in (
            first_slider,
            evidence_ladder,
            sarcomere,
            force_velocity,
            cross_bridges,
            calcium_switch,
            calcium_transient,
            twitch_to_tetanus,
            motor_units,
            resting_potential,
            action_potential,
            divalent_screen,
            motoneuron_bistability,
            cramp_threshold,
            cramp_loop,
            who_cramps,
            magnesium_balance,
            missed_meals,
            nerve_muscle_junction,
            ryanodine_brake,
            calcium_balance,
            romk_block,
            potassium_balance,
            nmda_block,
            wind_up,
            inflammation,
            nfkb_feedback,
            vessel,
            blood_pressure,
            sleep_pressure,
            cofactors,
            skin,
            pooling,
            forest,
            comparators,
            regression_to_the_mean,
            trial_size,
            case_clinic,
            scoreboard,
            vote_changes,
        )
    }
)

__all__ = [
    "CATALOGUE",
    "action_potential",
    "blood_pressure",
    "calcium_balance",
    "calcium_switch",
    "calcium_transient",
    "case_clinic",
    "cofactors",
    "comparators",
    "cramp_loop",
    "cramp_threshold",
    "cross_bridges",
    "divalent_screen",
    "evidence_ladder",
    "first_slider",
    "force_velocity",
    "forest",
    "inflammation",
    "magnesium_balance",
    "missed_meals",
    "motoneuron_bistability",
    "motor_units",
    "nerve_muscle_junction",
    "nfkb_feedback",
    "nmda_block",
    "pooling",
    "potassium_balance",
    "regression_to_the_mean",
    "resting_potential",
    "romk_block",
    "ryanodine_brake",
    "sarcomere",
    "scoreboard",
    "skin",
    "sleep_pressure",
    "trial_size",
    "twitch_to_tetanus",
    "vessel",
    "vote_changes",
    "who_cramps",
    "wind_up",
]
