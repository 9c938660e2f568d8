"""What each command reads of its words; made by ``returns_cli.cli.reference``.

``direct.Parameter`` says how a token reads.
"""

PARAMETERS = {
    "init": """
        folder:path --name:name:str --country:country:str --currency:currency:str
        --timezone:timezone:str --language:language:str --tax:tax:str --address:address:str
        --city:city:str --region:region:str --postcode:postcode:str --label-size:label_size:str
        --slip-size:slip_size:str --days:days:int --return-shipping:return_shipping:str
        --restocking:restocking:str --network-disk-ok:network_disk_ok:flag
        --dry-run,-n:dry_run:flag
    """,
    "demo": "folder:path",
    "run": """
        --steps:steps:str --since:since:str --max-time:max_time:str --dry-run,-n:dry_run:flag
    """,
    "runs list": "--limit:limit:int1",
    "runs show": "run:int1!",
    "status": "--fail-if:fail_if:str",
    "config show": "--origin:origin:flag",
    "doctor": "",
    "completion": "shell:str!",
    "help": "words:str* --json-schema:json_schema:flag",
    "open": """
        order:str! --item:items:str* --want:want:str --kind:kind:str --condition:condition:str
        --photos:photos:int --answer:answers:str* --note:note:str
        --requested-at:requested_at:str --exchange-sku:exchange_sku:str --channel:channel:str
        --key:key:str --exit-code:exit_code:flag --dry-run,-n:dry_run:flag
    """,
    "amend": """
        rma:str! --item:items:str* --want:want:str --condition:condition:str --photos:photos:int
        --answer:answers:str* --remove:remove:int1* --note:note:str
        --exchange-sku:exchange_sku:str --exit-code:exit_code:flag --dry-run,-n:dry_run:flag
    """,
    "list": """
        --state:states:str* --order:order:str --channel:channel:str --verdict:verdict:str
        --open:open_only:flag --overdue:overdue:flag --limit:limit:int1 --fail-if:fail_if:str
    """,
    "show": "rmas:str*!",
    "find": "text:str! --limit:limit:int1",
    "evaluate": """
        rmas:str* --all:every:flag --file:file:path --explain:explain:flag --repin:repin:flag
        --exit-code:exit_code:flag --dry-run,-n:dry_run:flag
    """,
    "approve": "rmas:str*! --line:lines:int1* --why:why:str --dry-run,-n:dry_run:flag",
    "deny": "rmas:str*! --line:lines:int1* --why:why:str --dry-run,-n:dry_run:flag",
    "cancel": "rmas:str*! --why:why:str --dry-run,-n:dry_run:flag",
    "explain": "rma:str!",
    "undo": "--dry-run,-n:dry_run:flag",
    "history": "rma:str!",
    "label": """
        rmas:str* --ready:ready:flag --size:size:str --dpi:dpi:int --zpl:zpl:flag --png:png:flag
        --sticker:sticker:flag --start-at:start_at:int --carrier:carrier:path
        --tracking:tracking:str --printer:printer:str -o:output_file:path --out:out:path
        --split:split:flag --on-missing:on_missing:str --keep-going:keep_going:flag
        --font:fonts:path* --dry-run,-n:dry_run:flag
    """,
    "slip": """
        rmas:str* --ready:ready:flag --size:size:str --png:png:flag --printer:printer:str
        -o:output_file:path --out:out:path --split:split:flag --on-missing:on_missing:str
        --keep-going:keep_going:flag --font:fonts:path* --dry-run,-n:dry_run:flag
    """,
    "insert": """
        orders:str*! --return-label:return_label:flag --survey:survey:flag --size:size:str
        --png:png:flag --printer:printer:str -o:output_file:path --out:out:path
        --split:split:flag --on-missing:on_missing:str --keep-going:keep_going:flag
        --font:fonts:path* --dry-run,-n:dry_run:flag
    """,
    "reprint": """
        rmas:str*! --kind:kind:str --zpl:zpl:flag --printer:printer:str -o:output_file:path
        --out:out:path --font:fonts:path* --dry-run,-n:dry_run:flag
    """,
    "paper check": "file:path!",
    "paper calibrate": """
        --size:size:str --dpi:dpi:int --zpl:zpl:flag --png:png:flag --printer:printer:str
        -o:output_file:path --out:out:path --dry-run,-n:dry_run:flag
    """,
    "receive": """
        rma:str --item:items:str* --file:file:path --station:station:str --tracking:tracking:str
        --received-at:received_at:str --key:key:str --strict:strict:flag
        --dry-run,-n:dry_run:flag
    """,
    "inspect": """
        rma:str --item:items:str* --file:file:path --disposition:disposition:str --note:note:str
        --serial:serial:str --photo:photo:path* --key:key:str --strict:strict:flag
        --dry-run,-n:dry_run:flag
    """,
    "dispose": """
        rma:str --item:items:str* --file:file:path --location:location:str --key:key:str
        --strict:strict:flag --dry-run,-n:dry_run:flag
    """,
    "unexpected list": "--all:also_gone:flag",
    "unexpected match": """
        number:int1! target:str --item:item:str --want:want:str --disposition:disposition:str
        --location:location:str --note:note:str --dry-run,-n:dry_run:flag
    """,
    "scan": """
        --mode:mode:str --station:station:str --blind:blind:flag --print-each:print_each:flag
        --sound:sound:path --card:card:flag
    """,
    "quote": "rma:str! --what-if:what_if:str*",
    "refund": """
        rma:str --amount:amount:str --paid:paid:str --to:to:str --key:key:str
        --goodwill:goodwill:str --why:why:str --due:due:flag --dry-run,-n:dry_run:flag
    """,
    "refunds list": """
        --state:state:str --rma:rma:str --order:order:str --limit:limit:int1
    """,
    "refunds show": "refund:str!",
    "refunds confirm": """
        refund:str! --reference:reference:str --dry-run,-n:dry_run:flag
    """,
    "refunds fail": """
        refund:str! --why:why:str --in-doubt:in_doubt:flag --dry-run,-n:dry_run:flag
    """,
    "refunds export": "--state:state:str -o:target:path --dry-run,-n:dry_run:flag",
    "refunds reconcile": """
        files:path*! --from:source:str --map:mapping:path --encoding:encoding:str
        --date-format:date_format:str --decimal:decimal:str --currency:currency:str
        --timezone:timezone:str --channel:channel:str --strict:strict:flag
        --dry-run,-n:dry_run:flag
    """,
    "refunds reverse": "refund:str! --why:why:str --dry-run,-n:dry_run:flag",
    "exchanges list": "--open:open_only:flag",
    "exchanges send": """
        rma:str! --line:line:int1 --tracking:tracking:str --back-by:back_by:str
        --dry-run,-n:dry_run:flag
    """,
    "exchanges paid": "rma:str! --reference:reference:str --dry-run,-n:dry_run:flag",
    "exchanges waive": "rma:str! --why:why:str --dry-run,-n:dry_run:flag",
    "credit balance": "code:str",
    "credit issue": """
        amount:str! --why:why:str --currency:currency:str --expires:expires:str
        --approved-by:approved_by:str --key:key:str --dry-run,-n:dry_run:flag
    """,
    "credit redeem": """
        code:str! --amount:amount:str --reference:reference:str --key:key:str
        --dry-run,-n:dry_run:flag
    """,
    "credit expire": "code:str --why:why:str --dry-run,-n:dry_run:flag",
    "journal verify": "--anchor:anchor:path",
    "journal balances": "",
    "journal export": """
        --as:form:str! --map:mapping:path -o:target:path --dry-run,-n:dry_run:flag
    """,
    "stock moves": """
        --disposition:dispositions:str* --sku:sku:str --location:location:str --all:every:flag
        --open:open_only:flag --since:since:str --until:until:str --limit:limit:int1
    """,
    "stock export": """
        --as:form:str! --template:template:path --location:location:str --again:again:flag
        -o:target:path --dry-run,-n:dry_run:flag
    """,
    "calendar export": "-o:target:path --dry-run,-n:dry_run:flag",
    "orders import": """
        files:path*! --from:source:str --map:mapping:path --encoding:encoding:str
        --date-format:date_format:str --decimal:decimal:str --currency:currency:str
        --timezone:timezone:str --tax:tax:str --channel:channel:str --strict:strict:flag
        --force:force:flag --sniff:sniff:flag --dry-run,-n:dry_run:flag
    """,
    "orders add": """
        order:str! --item:items:str*! --placed:placed:str --shipped:shipped:str
        --delivered:delivered:str --currency:currency:str --shipping:shipping:str
        --discount:discount:str --tax:tax:str --tax-amount:tax_amount:str --payment:payment:str
        --discount-code:discount_codes:str* --tag:tags:str* --gift:gift:flag
        --business:business:flag --channel:channel:str --customer-id:customer_id:str
        --customer:customer:str --email:email:str --ship-name:ship_name:str
        --company:company:str --address:address:str* --city:city:str --region:region:str
        --postcode:postcode:str --country:country:str --phone:phone:str --replace:replace:flag
        --dry-run,-n:dry_run:flag
    """,
    "orders list": "--channel:channel:str --limit:limit:int1",
    "orders show": "order:str! --channel:channel:str",
    "requests import": """
        files:path*! --from:source:str --map:mapping:path --encoding:encoding:str
        --date-format:date_format:str --timezone:timezone:str --channel:channel:str
        --strict:strict:flag --dry-run,-n:dry_run:flag
    """,
    "shipments import": """
        files:path* --from:source:str --map:mapping:path --codes:codes:path*
        --encoding:encoding:str --date-format:date_format:str --timezone:timezone:str
        --channel:channel:str --strict:strict:flag --force:force:flag --dry-run,-n:dry_run:flag
    """,
    "customers import": """
        files:path*! --map:mapping:path --encoding:encoding:str --strict:strict:flag
        --force:force:flag --dry-run,-n:dry_run:flag
    """,
    "customers show": "who:str!",
    "customers export": "who:str! -o:target:path --dry-run,-n:dry_run:flag",
    "customers erase": """
        who:str! --even-if-open:even_if_open:flag --dry-run,-n:dry_run:flag
    """,
    "products import": """
        files:path*! --map:mapping:path --encoding:encoding:str --decimal:decimal:str
        --currency:currency:str --strict:strict:flag --force:force:flag
        --dry-run,-n:dry_run:flag
    """,
    "report summary": """
        --since:since:str --until:until:str --by:by:str --channel:channel:str
        --country:country:str --category:category:str --reason:reason:str --tier:tier:str
        --table:table:str --csv:csv:flag --html:html:path
    """,
    "report reasons": """
        --since:since:str --until:until:str --by:by:str --channel:channel:str
        --country:country:str --category:category:str --reason:reason:str --tier:tier:str
        --table:table:str --csv:csv:flag --html:html:path
    """,
    "report products": """
        --since:since:str --until:until:str --by:by:str --channel:channel:str
        --country:country:str --category:category:str --reason:reason:str --tier:tier:str
        --table:table:str --csv:csv:flag --html:html:path
    """,
    "report categories": """
        --since:since:str --until:until:str --by:by:str --channel:channel:str
        --country:country:str --category:category:str --reason:reason:str --tier:tier:str
        --table:table:str --csv:csv:flag --html:html:path
    """,
    "predict products": """
        --by:by:str --channel:channel:str --country:country:str --category:category:str
        --tier:tier:str --limit:limit:int1 --table:table:str --csv:csv:flag --html:html:path
    """,
    "predict evaluate": """
        --by:by:str --channel:channel:str --country:country:str --category:category:str
        --tier:tier:str --table:table:str --csv:csv:flag --html:html:path
    """,
    "report customers": """
        --since:since:str --until:until:str --by:by:str --channel:channel:str
        --country:country:str --category:category:str --reason:reason:str --tier:tier:str
        --table:table:str --csv:csv:flag --html:html:path
    """,
    "report refunds": """
        --since:since:str --until:until:str --by:by:str --channel:channel:str
        --country:country:str --category:category:str --reason:reason:str --tier:tier:str
        --ship-cost:ship_cost:str --table:table:str --csv:csv:flag --html:html:path
    """,
    "report dispositions": """
        --since:since:str --until:until:str --by:by:str --channel:channel:str
        --country:country:str --category:category:str --reason:reason:str --tier:tier:str
        --ship-cost:ship_cost:str --table:table:str --csv:csv:flag --html:html:path
    """,
    "report sla": """
        --since:since:str --until:until:str --by:by:str --channel:channel:str
        --country:country:str --category:category:str --reason:reason:str --tier:tier:str
        --table:table:str --csv:csv:flag --html:html:path
    """,
    "report policies": """
        --since:since:str --until:until:str --by:by:str --channel:channel:str
        --country:country:str --category:category:str --reason:reason:str --tier:tier:str
        --table:table:str --csv:csv:flag --html:html:path
    """,
    "report all": """
        --since:since:str --until:until:str --by:by:str --channel:channel:str
        --country:country:str --category:category:str --reason:reason:str --tier:tier:str
        --ship-cost:ship_cost:str --html:html:path
    """,
    "export csv": """
        tables:str* --out:folder:path --redact:redact:flag --raw:raw:flag
        --dry-run,-n:dry_run:flag
    """,
    "export jsonl": """
        tables:str* --out:folder:path --redact:redact:flag --dry-run,-n:dry_run:flag
    """,
    "export sqlite": """
        tables:str* -o:target:path --redact:redact:flag --dry-run,-n:dry_run:flag
    """,
    "policy check": "files:path* --strict:strict:flag",
    "policy test": "files:path*",
    "policy show": "file:path! --facts:facts:path!",
    "policy explain": "files:path*",
    "policy diff": "old:path! new:path!",
    "policy backtest": """
        new:path! --against:against:path --since:since:str --until:until:str
    """,
    "policy publish": """
        --as:form:str! files:path* -o:target:path --dry-run,-n:dry_run:flag
    """,
    "policy new": """
        name:str --title:title:str --days:days:int --return-shipping:return_shipping:str
        --restocking:restocking:str --country:countries:str* --currency:currency:str
        --refund-days:refund_days:int --from:markup:path --out:folder:path
        --dry-run,-n:dry_run:flag
    """,
    "policy schema": "",
    "check": "",
    "store stats": "",
    "store migrate": "--dry-run,-n:dry_run:flag",
    "backup": "file:path!",
    "restore": "file:path!",
}

# Options that take a value, of any command: their next word belongs to them.
VALUE_OPTIONS = frozenset(
    """
        --address --against --amount --anchor --answer --approved-by --as --back-by --by
        --carrier --category --channel --city --codes --company --condition --country --currency
        --customer --customer-id --date-format --days --decimal --delivered --discount
        --discount-code --disposition --dpi --email --encoding --exchange-sku --expires --facts
        --fail-if --file --font --from --goodwill --html --item --key --kind --label-size
        --language --limit --line --location --map --max-time --mode --name --note --on-missing
        --order --out --paid --payment --phone --photo --photos --placed --postcode --printer
        --reason --received-at --reference --refund-days --region --remove --requested-at
        --restocking --return-shipping --rma --serial --ship-cost --ship-name --shipped
        --shipping --since --size --sku --slip-size --sound --start-at --state --station --steps
        --table --tag --tax --tax-amount --template --tier --timezone --title --to --tracking
        --until --verdict --want --what-if --why -o
    """.split()
)
