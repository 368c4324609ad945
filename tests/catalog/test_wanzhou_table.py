"""The obligations of 万州 by requirement and kind of organ, as `mingcha catalog check` prints them, are pinned."""

from __future__ import annotations

from datetime import date

from catalog.catalogue import load_catalogue, load_district
from catalog.obliging import obligations
from catalog.table import KIND_NAMES, count_by_kind

DAY = date(2021, 11, 30)
"""Within the task year of 万州府办发〔2021〕46号, after 渝府办发〔2021〕100号."""

TABLE: dict[str, dict[tuple[str, int, int], str]] = {
    "wanzhou_2021_46": {
        ("政府部门1", 1, 0): (
            "five_year_plan special_plans spatial_plan market_access_list market_system government_debt "
            "subsidies interpretation_video interpretation_image interpretation_text gazette "
            "public_resources major_projects fee_items public_institutions_education "
            "public_institutions_health public_institutions_city_management public_institutions_power_gas "
            "public_institutions_ecology public_institutions_transport public_institutions_civil_affairs "
            "public_institutions_culture_tourism"
        ),
        ("事业单位1", 1, 0): "planning_gathered regulations_portal municipal_rules_portal",
        ("本级政府1、政府部门21", 22, 0): "budget normative_documents rule_of_law_report",
        ("政府部门1", 0, 0): (
            "subsidies_village_board decision_drafts consultation_answers consultation_entry "
            "opinion_health opinion_property_finance opinion_wages opinion_environment opinion_food_drugs "
            "opinion_education opinion_civil_affairs opinion_safety messages_published mobile_column "
            "new_media field_catalogues catalogue_contents task_completion_in_annual_report "
            "lead_inspection"
        ),
        ("政府部门2", 2, 0): "epidemic_policies six_stabilities",
        ("政府部门3", 3, 0): "epidemic_services health_campaigns",
        ("本级政府1", 0, 0): "press_interpretation press_results_gathered opinion_response opinion_promises",
        ("政府部门21", 21, 0): "contact annual_report",
        ("政府部门21", 0, 21): "regulations_organ ministry_rules_organ municipal_rules_organ",
        ("政府部门3", 0, 0): "zone",
        ("事业单位1", 0, 0): "portal_gathering",
        ("本级政府1", 1, 0): "annual_report_governments",
    },
    "yu_2020_58": {
        ("本级政府1", 1, 0): (
            "platform interpretation_column standard_catalogues online_services_entry mailbox_entry village_catalogue"
        ),
        ("政府部门21", 0, 0): "organ_section",
        ("本级政府1", 0, 0): "other_field_catalogues participation reassessed_information",
        ("本级政府5", 0, 0): "zone",
        ("政府部门1", 0, 0): (
            "village_affairs_quarterly village_finance_monthly field_major_projects field_public_trading "
            "field_compulsory_education field_household_registration field_social_assistance "
            "field_elderly_care field_legal_services field_budgets field_employment "
            "field_social_insurance field_spatial_planning field_land_compensation field_environment "
            "field_house_expropriation field_affordable_housing field_rural_housing "
            "field_urban_enforcement field_municipal_services field_farm_subsidies field_public_culture "
            "field_medical_care field_work_safety field_disaster_relief field_food_drugs "
            "field_poverty_relief field_taxation"
        ),
    },
    "yu_2021_100": {
        ("政府部门1", 0, 0): "zone_service_centre zone_town_centre zone_archive zone_library zone_village",
    },
}
"""Directory, then (obligations by kind, walked, 责任主体待确认), then the requirements."""


def test_the_obligations_of_wanzhou_by_requirement_and_kind() -> None:
    owing = obligations(load_catalogue(), load_district("wanzhou"), DAY)
    table: dict[str, dict[tuple[str, int, int], list[str]]] = {}
    for row in count_by_kind(owing):
        counts = "、".join(f"{KIND_NAMES[kind]}{count}" for kind, count in row.counts.items())
        group = table.setdefault(row.directory_id, {})
        group.setdefault((counts, row.walked, row.mapping_required), []).append(row.requirement_id)
    assert {one: {key: " ".join(ids) for key, ids in group.items()} for one, group in table.items()} == TABLE
    assert len(owing) == 302
