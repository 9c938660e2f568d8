"""Every command, its module and its one-line help, as constants: nothing is imported to list them.

A tuple of strings costs next to nothing at start-up, so ``returns --help``, did-you-mean and the
lazy groups all read this table. A test compares it with what the modules really define.
"""

MODULES = "returns_cli.cli."

# (section, ((words of the command, "module:function", one-line help), …))
SECTIONS = (
    (
        "Start",
        (
            ("init", "start:init", "Make a shop folder, or leave an existing one as it is"),
            ("demo", "start:demo", "Run the whole job on shipped example data, in seconds"),
            ("run", "run:run", "The whole round for cron: files, paper, refunds, report"),
            ("runs list", "run:list_", "List unattended runs, newest first"),
            ("runs show", "run:show", "Show what a run did, step by step"),
            ("status", "start:status", "Today's board: arrived, waiting, due, overdue"),
            ("config show", "config:show", "Show every setting, and where it comes from"),
            ("doctor", "start:doctor", "Look for what would stop the desk, and say how to mend it"),
            ("completion", "completion:completion", "Print completion for bash, zsh or fish"),
            ("help", "help:show_help", "Explain a command, a topic or an error code"),
        ),
    ),
    (
        "Returns",
        (
            ("open", "returns:open_", "Open a return for an order and judge it at once"),
            ("amend", "returns:amend", "Change a return before any goods arrive"),
            ("list", "returns:list_", "List returns"),
            ("show", "returns:show", "Show everything about a return"),
            ("find", "returns:find", "Find returns by name, mail, postcode, order or RMA"),
            ("evaluate", "judgement:evaluate", "Judge returns against the shop's policies"),
            ("approve", "judgement:approve", "Approve returns that wait for a person"),
            ("deny", "judgement:deny", "Deny returns, with a reason"),
            ("cancel", "judgement:cancel", "Cancel returns that will not come"),
            ("explain", "judgement:explain", "Say in plain words why a return was judged so"),
            ("undo", "undo:undo", "Take back the last thing you did"),
            ("history", "judgement:history", "Everything that happened to a return, oldest first"),
        ),
    ),
    (
        "Paper",
        (
            ("label", "paper:label", "Print return labels: PDF, ZPL or a picture"),
            ("slip", "paper:slip", "Print packing slips to PDF"),
            ("insert", "paper:insert", "Print the cards that go out with orders"),
            ("reprint", "paper:reprint", "Print labels and slips again, the same bytes"),
            ("paper check", "paper_tools:check", "Read the codes of a printed PDF back"),
            ("paper calibrate", "paper_tools:calibrate", "Print a page to measure the printer by"),
        ),
    ),
    (
        "Floor",
        (
            ("receive", "floor:receive", "Record goods that arrived"),
            ("inspect", "floor:inspect_", "Record the grade of goods that were looked at"),
            ("dispose", "floor:dispose", "Record where inspected goods were put"),
            ("unexpected list", "goods:unexpected_list", "List goods that nobody announced"),
            ("unexpected match", "goods:unexpected_match", "Say what became of unexpected goods"),
            ("scan", "scan:scan", "Receive and inspect by scanner: one code in, one word out"),
        ),
    ),
    (
        "Money",
        (
            ("quote", "money:quote", "Show what a return pays, part by part"),
            ("refund", "money:refund", "Record what the shop pays back"),
            ("refunds list", "refunds:list_", "List recorded refunds"),
            ("refunds show", "refunds:show", "Show a refund"),
            ("refunds confirm", "refunds:confirm", "Say that a submitted refund was paid"),
            ("refunds fail", "refunds:fail", "Say that a submitted refund was not paid"),
            ("refunds export", "refunds:export", "Write refunds as CSV, for paying many"),
            ("refunds reconcile", "refunds:reconcile", "Find refunds in a provider's statement"),
            ("refunds reverse", "refunds:reverse", "Undo a refund by an opposite entry"),
            ("exchanges list", "exchanges:list_", "List exchanges: sent, awaited, owed"),
            ("exchanges send", "exchanges:send", "Say that a replacement was sent"),
            ("exchanges paid", "exchanges:paid", "Say that a customer paid what they owe"),
            ("exchanges waive", "exchanges:waive", "Give up what a customer owes"),
            ("credit balance", "credit:balance", "Show what a store credit still holds"),
            ("credit issue", "credit:issue", "Give a store credit as goodwill"),
            ("credit redeem", "credit:redeem", "Take from a store credit what is spent"),
            ("credit expire", "credit:expire", "Write off credits whose last day is over"),
            ("journal verify", "journal:verify", "Prove that the journal is whole and adds up"),
            ("journal balances", "journal:balances", "Show the balance of every account"),
            ("journal export", "journal:export", "Write the journal for a bookkeeping program"),
        ),
    ),
    (
        "Goods",
        (
            ("stock moves", "goods:stock_moves", "List goods that were put away"),
            ("stock export", "goods:stock_export", "Write stock that came back, each unit once"),
            ("calendar export", "calendar:export", "Write the due dates as a calendar file"),
        ),
    ),
    (
        "Data in",
        (
            ("orders import", "orders:import_", "Import orders from a shop's export"),
            ("orders add", "order_entry:add", "Add an order typed by hand"),
            ("orders list", "orders:list_", "List orders, newest first"),
            ("orders show", "orders:show", "Show an order line by line"),
            ("requests import", "imports:requests", "Open returns from files of requests"),
            ("shipments import", "shipments:import_", "Import deliveries and parcel events"),
            ("customers import", "imports:customers", "Import customers, their tiers and tags"),
            ("customers show", "customers:show", "Show what the shop knows of a person"),
            ("customers export", "customers:export", "Write all that is kept of a person"),
            ("customers erase", "customers:erase", "Erase a person for good"),
            ("products import", "imports:products", "Import products, their tags and facts"),
        ),
    ),
    (
        "Insight",
        (
            ("report summary", "report:summary", "What was sold, what came back, what it paid"),
            ("report reasons", "report:reasons", "Why goods come back: what is new, what rises"),
            ("report products", "report:products", "Which products come back, and how sure"),
            ("report categories", "report:categories", "Which categories come back"),
            ("predict products", "predict:products", "Which products will come back, and why"),
            ("predict evaluate", "predict:evaluate", "Whether to believe the forecasts"),
            ("report customers", "report:customers", "Who sends back, and who was lost over it"),
            ("report refunds", "report:refunds", "What was paid back and as what, what stayed"),
            ("report dispositions", "report:dispositions", "Where goods went; keep or ship"),
            ("report sla", "report:sla", "How long refunds took, what is overdue, who waits"),
            ("report policies", "report:policies", "Which policies and rules decided what"),
            ("report all", "report:all_reports", "All reports; with --html the monthly page"),
            ("export csv", "export:csv", "Write what the shop knows as CSV files"),
            ("export jsonl", "export:jsonl", "Write what the shop knows as JSON lines"),
            ("export sqlite", "export:sqlite", "Write what the shop knows as an SQLite file"),
        ),
    ),
    (
        "Policy",
        (
            ("policy check", "policy:check", "Check policies; every problem at once"),
            ("policy test", "policy:run_cases", "Run the cases that lie beside the policies"),
            ("policy show", "policy:show", "Show one decision for given facts"),
            ("policy explain", "policy_words:explain", "Say a whole policy in plain words"),
            ("policy diff", "policy_change:diff", "Say what changed between two policies"),
            ("policy backtest", "policy_change:backtest", "Replay past returns under a policy"),
            ("policy publish", "policy_words:publish", "Write a policy for the web or a feed"),
            ("policy new", "policy_words:new", "Write a commented policy to start from"),
            ("policy schema", "policy_words:schema", "Print the JSON Schema of policies"),
        ),
    ),
    (
        "Store",
        (
            ("check", "store:check", "Check the store and everything that must add up"),
            ("store stats", "store:stats", "Show how much the store holds"),
            ("store migrate", "store:migrate", "Bring an older store up to date, after a backup"),
            ("backup", "store:backup", "Copy the store to a file and prove the copy"),
            ("restore", "store:restore", "Put a backup in place of a missing store"),
        ),
    ),
)

# One line for each group; its commands are listed under it.
GROUPS = {
    "report": "What comes back, why, and what it costs",
    "predict": "What will come back",
    "export": "What the shop knows, for your own tools",
    "config": "What is set, and by whom",
    "store": "The store's size and version",
    "paper": "Printed paper: read back, and printers measured",
    "runs": "Unattended runs that were made",
    "refunds": "Refunds that were recorded",
    "exchanges": "Replacements that were sent, and what is owed for them",
    "credit": "Store credit that customers may spend",
    "journal": "The journal of money: append-only, chained, provable",
    "orders": "Orders of the shop, imported or typed",
    "requests": "Return requests from a file",
    "shipments": "Parcels of orders and returns",
    "customers": "Customers, their tiers and tags",
    "products": "Products, their tags and facts",
    "policy": "The shop's policies",
    "unexpected": "Goods that nobody announced",
    "stock": "Goods that were put away, and their way to the shop system",
    "calendar": "Due dates for a calendar program",
}

# (name, one line). Each is a page in data/topics.
TOPICS = (
    ("policy", "How returns are decided, and how to write rules"),
    ("money", "Quotes, refunds, store credit and the journal"),
    ("scan", "The station of a clerk with a scanner"),
    ("cron", "Unattended: the nightly round, inbox and exit codes"),
    ("formats", "Which files are read, and any other CSV"),
    ("reasons", "Reasons, grades and places that shops start with"),
    ("items", "How --item names goods, and how orders are named"),
    ("states", "States of a return and of a refund"),
    ("dates", "How dates are written, and what the clock is"),
    ("output", "Tables, colour, the pager, and what goes where"),
    ("json", "Answers and errors for programs"),
    ("exit-codes", "What the exit status says"),
)

# (spelling, metavar or "" for a flag, help). They may stand before or after the command.
GLOBAL_OPTIONS = (
    ("--shop", "DIR", "Shop folder; else RETURNS_SHOP, else the nearest one above"),
    ("--as-of", "ISO", "The clock: a date or date-time that judgement uses"),
    ("--actor", "NAME", "Who does it; else RETURNS_ACTOR, else the login"),
    ("--json", "", "Print JSON (the same as --format json)"),
    ("--format", "FORMAT", "table, json, jsonl or csv"),
    ("--quiet", "", "No talk on stderr, only data and errors"),
    ("--no-color", "", "No colour (also NO_COLOR, TERM=dumb)"),
    ("--no-pager", "", "Long answers without a pager (also NO_PAGER, PAGER=cat)"),
    ("--lang", "TAG", "Language of what customers read, such as en or ja"),
    ("--log", "FILE", "Add a line of JSON about this call, without personal data"),
    ("--yes", "", "Answer yes to every question"),
    ("--no-input", "", "Never ask; a needed question fails (exit 11)"),
    ("--version", "", "Print the version"),
)


def commands() -> list[tuple[str, str, str]]:
    """(words, "module:function", help) of every command, in the order of the help."""
    return [entry for _, entries in SECTIONS for entry in entries]
