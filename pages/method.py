"""Method: every rule, objective and measure in its own words, with formula and source."""

import streamlit as st

from equity_alloc.ui.method_cards import (
    show_audit,
    show_choosing,
    show_dial_cards,
    show_disproportion_cards,
    show_hard_choices,
    show_measure_cards,
    show_objective_cards,
    show_rule_cards,
)

st.title("Method", anchor=False)
st.markdown(
    "How a plan is made, in five steps.\n\n"
    "1. **Level.** A school's core money (the funds that count, state and local as a rule) is divided by its weighted "
    "pupils: enrollment plus need weight times group count. Supplemental money, mostly federal, follows its own rules.\n"
    "2. **What is raised.** The objective says which levels rise first; every rule holds throughout.\n"
    "3. **Fewest moves.** Within the tolerance, the plan moves as few posts as possible.\n"
    "4. **Steps and cents.** Posts are rounded to their real steps and money to cents, once. Where no line takes up what posts "
    "leave, steps are chosen for all schools together: the lowest level first, then the fewest moves within the tolerance.\n"
    "5. **Certificate.** An auditor that knows no solver checks every rule on the finished plan, and re-checks in exact "
    "fractions how far the plan can be from the best: what was given up so that fewer posts move, and what is unproven. Where "
    "posts alone make up levels, that bound is made of the sums that each school's steps can come to."
)
st.markdown(
    "**Authority of a rule**, strongest first: law, contract, policy, promise, choice. Where not all rules can hold, the "
    "weakest is the first to be loosened."
)
with st.expander("What cannot be kept together, and which rule takes how much", icon=":material/block:"):
    st.markdown(
        "**Conflicts.** Each rule is tested alone, then every smallest set of rules that cannot be kept and every largest set "
        "that can is found: all sets up to ten rules, beyond that by sets that no answer has decided yet (MARCO, Liffiton "
        "and others 2016), up to 1,500 questions (300 in whole steps); where these do not do, the page says that more may exist. Sets are "
        "judged in fractions of posts, in whole steps only where fractions would do. Ways out loosen the weakest authority "
        "first and are planned and certified before they are offered.\n\n"
        "**Causes.** The best lowest level is found with sets of the rules. A rule's share is its mean effect over all orders "
        "in which rules may come (Shapley 1953); up to ten rules exactly, beyond from orders drawn from one fixed seed, with "
        "the standard error. Shares add up exactly."
    )
st.markdown(
    "**Years ahead.** Last year is the plan of the year before. Pupils follow their cohorts where grades are known, and a "
    "stated growth elsewhere; prices, revenue and balances follow assumptions with a source and a date. What is not assumed "
    "is asked for. Every year is certified like the first."
)
with st.expander("How an audit knows what it says", icon=":material/search_insights:"):
    show_audit()
with st.expander("How interventions are chosen", icon=":material/target:"):
    show_choosing()
with st.expander("How hard choices are weighed and decisions kept", icon=":material/history_edu:"):
    show_hard_choices()
st.markdown("The same inputs always give the same plan. Counts for audit only can never change it.")
with st.expander("What is public", icon=":material/public:"):
    st.markdown(
        "Public documents show core dollars, posts and levels of every school, and counts of student groups with the small "
        "ones left out: below 10, or leaving fewer than 10 outside the group (NCES 2011-603: 10 is what most states use). "
        "Other counts are left out with them until, for each small one, other whole counts at least 5 apart would give "
        "every published number as well. Money that is shared out by a count of pupils is shown for the district only. "
        "Counts for audit only never leave. Two public sets made with different need weights from the same counts tell more than "
        "one: publish one. Where earlier sets leave no other way, a set holds against fewer readers, and it says so; a count that was "
        "shown and is small now is named before publishing, because nothing hides it any more. What people wrote leaves word for word."
    )

objectives, rules, measures = st.tabs(["Objectives", "Rules", "Measures"], key="method-tab")
with objectives:
    st.header("Objectives", anchor=False)
    show_objective_cards()
    st.header("The settings of the dial", anchor=False)
    show_dial_cards()
with rules:
    st.header("Rules", anchor=False)
    show_rule_cards()
with measures:
    st.header("Measures", anchor=False)
    show_measure_cards()
    st.header("A student group and everybody else", anchor=False)
    show_disproportion_cards()
