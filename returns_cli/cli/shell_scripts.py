"""The scripts by which shells complete ``returns``: each asks the program at the press of a key.

What the program answers is data to all three: no script evaluates it.
"""

from __future__ import annotations

BASH = r"""# Completion of returns for bash:  eval "$(returns completion bash)"
_returns_complete() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            compopt -o default 2>/dev/null
            return 0
        fi
        COMPREPLY[${#COMPREPLY[@]}]=$line
    done < <("$1" __complete bash "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    # bash cuts words at : and =, and puts the answer behind the cut
    local typed=${COMP_LINE:0:COMP_POINT}
    typed=${typed##*[[:space:]]}
    local cut=${typed%"${typed##*[:=]}"}
    if [[ -n $cut && $COMP_WORDBREAKS == *[:=]* ]]; then
        local n
        for n in "${!COMPREPLY[@]}"; do
            local one=${COMPREPLY[n]}
            one=${one//\\:/:}
            one=${one//\\=/=}
            COMPREPLY[n]=${one#"$cut"}
        done
    fi
}
complete -F _returns_complete returns
"""

ZSH = r"""#compdef returns
# Completion of returns for zsh:  eval "$(returns completion zsh)"
_returns() {
    local line
    local -a names texts
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            _files
            return
        fi
        names+=("${line%%$'\t'*}")
        texts+=("${line//$'\t'/  }")
    done < <("${(Q)words[1]}" __complete zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null)
    (( ${#names} )) && compadd -l -d texts -a names
}
if [[ ${funcstack[1]} == _returns ]]; then
    _returns "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _returns returns
fi
"""

FISH = r"""# Completion of returns for fish:  returns completion fish | source
function __returns_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l bare (string unescape -- "$current"; or printf '%s\n' "$current")
    set -l found (command $words[1] __complete fish $words[2..-1] "$bare" 2>/dev/null)
    if test "$found[1]" = ":files"
        __fish_complete_path "$current"
    else
        printf '%s\n' $found
    end
end
complete -c returns -f -a '(__returns_complete)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
