using System.CommandLine;
using System.Text;
using Trama.Cli.CommandLine.Help;
using Trama.Reports;

namespace Trama.Cli.Commands.Completing;

/// <summary>The completions of a program as a script of a shell: commands, options, and the values of those that have few.</summary>
internal sealed class CompletionScript(Command program, Language language)
{
    private readonly HelpWords _words = new(language);

    /// <summary>For bash.</summary>
    public string Bash()
    {
        var script = new StringBuilder("_trama() {\n  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} "
            + "command= words=\n");
        script.Append($"  for w in \"${{COMP_WORDS[@]:1:COMP_CWORD-1}}\"; do case $w in "
            + $"{string.Join('|', Commands.Select(command => command.Name))}) command=$w; break ;; esac; done\n");
        script.Append("  case $command$before in\n");
        foreach (Command command in Commands)
        {
            foreach ((Option option, string[] choices) in WithChoices(command))
                script.Append($"    {string.Join('|', HelpWords.Names(option).Select(name => command.Name + name))}) "
                    + $"words='{string.Join(' ', choices)}' ;;\n");
        }

        script.Append("    *) case $command in\n");
        script.Append($"      '') words='{string.Join(' ', Commands.Select(command => command.Name).Concat(Names(program)))}' ;;\n");
        foreach (Command command in Commands) script.Append(
            $"      {command.Name}) words='{string.Join(' ', Names(command).Concat(Topics(command)))}' ;;\n");
        script.Append("    esac ;;\n  esac\n  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\n");
        // What is no word of trama's is the name of a file.
        return script.Append("complete -o default -o bashdefault -F _trama trama\n").ToString();
    }

    /// <summary>For zsh.</summary>
    public string Zsh()
    {
        var script = new StringBuilder("#compdef trama\n_trama() {\n  local -a commands\n  commands=(\n");
        foreach (Command command in Commands) script.Append(
            $"    {Quoted($"{command.Name}:{HelpWords.InShort(command.Description ?? "")}")}\n");
        script.Append("  )\n  if (( CURRENT == 2 )); then _describe command commands; _files; return; fi\n  case $words[2] in\n");
        foreach (Command command in Commands)
        {
            script.Append($"    {command.Name}) _arguments -S");
            foreach (Option option in _words.Options(command))
            {
                string text = HelpWords.InShort(_words.Described(option)).Replace("[", "(", StringComparison.Ordinal)
                    .Replace("]", ")", StringComparison.Ordinal);
                string[] choices = [.. HelpWords.Choices(option)];
                string value = option.HelpName is null ? "" : choices.Length > 0 ? $":{option.HelpName}:({string.Join(' ', choices)})"
                    : $":{option.HelpName}:_files";
                value = value.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
                foreach (string name in HelpWords.Names(option)) script.Append($" \\\n      {Quoted($"{name}[{text}]{value}")}");
            }

            string[] topics = [.. Topics(command)];
            script.Append(topics.Length > 0 ? $" \\\n      {Quoted($"*: :({string.Join(' ', topics)})")} ;;\n"
                : " \\\n      '*: :_files' ;;\n");
        }

        return script.Append("  esac\n}\nif [ \"$funcstack[1]\" = _trama ]; then _trama; else compdef _trama trama; fi\n").ToString();
    }

    /// <summary>For fish.</summary>
    public string Fish()
    {
        var script = new StringBuilder();
        foreach (Command command in Commands)
        {
            script.Append($"complete -c trama -n __fish_use_subcommand -a {command.Name} -d "
                + $"{Quoted(HelpWords.InShort(command.Description ?? ""))}\n");
            string here = $"complete -c trama -n '__fish_seen_subcommand_from {command.Name}'";
            foreach (Option option in _words.Options(command))
            {
                script.Append(here);
                foreach (string name in HelpWords.Names(option))
                    script.Append(name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : name.Length == 2
                        ? $" -s {Quoted(name[1..])}" : $" -o {name[1..]}");
                string[] choices = [.. HelpWords.Choices(option)];
                if (option.HelpName is not null) script.Append(choices.Length > 0 ? $" -x -a {Quoted(string.Join(' ', choices))}" : " -r");
                script.Append($" -d {Quoted(HelpWords.InShort(_words.Described(option)))}\n");
            }

            string[] topics = [.. Topics(command)];
            if (topics.Length > 0) script.Append($"{here} -f -a {Quoted(string.Join(' ', topics))}\n");
        }

        return script.ToString();
    }

    private IEnumerable<Command> Commands => program.Subcommands.Where(command => !command.Hidden);

    // help takes the name of a command; completions that of a shell.
    private IEnumerable<string> Topics(Command command) => command.Name switch
    {
        "help" => Commands.Select(topic => topic.Name),
        "completions" => ["bash", "zsh", "fish"],
        _ => [],
    };

    private IEnumerable<string> Names(Command command) => _words.Options(command).SelectMany(HelpWords.Names);

    private IEnumerable<(Option Option, string[] Choices)> WithChoices(Command command) => _words.Options(command)
        .Select(option => (option, HelpWords.Choices(option).ToArray())).Where(pair => pair.Item2.Length > 0);

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
