"""The house rules: one case for each rule."""

from house_rules import repository, rules
from runner.suite import Suite


class HouseRules(Suite):
    name = kind = "house"
    rank = 0

    def cases(self, selection) -> list[str]:
        return [case for case in (f"house/{rule.NAME}" for rule in rules.ALL) if selection.wants_case(case)]

    def run(self, selection, report) -> None:
        project = repository.Repository.of_this_project()
        for rule in rules.ALL:
            case = f"house/{rule.NAME}"
            if not selection.wants_case(case):
                continue
            findings = rule.check(project)
            if findings:
                report.fails(case, "\n".join(map(str, findings)))
            else:
                report.passes(case)
