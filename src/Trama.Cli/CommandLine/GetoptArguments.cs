using System.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli.CommandLine;

/// <summary>
/// Brings arguments written by the rules of getopt(3), which tcpdump's users have in their hands, into the form that the parser
/// reads: bundles are taken apart (<c>-nnvXi lo</c>), values may stick to their option (<c>-s0</c>, <c>-w-</c>), the last value
/// of an option counts (all of one that may be repeated), options may follow the filter, and after <c>--</c> nothing is an option.
/// </summary>
internal static class GetoptArguments
{
    /// <summary>The arguments of <paramref name="command"/>, one option each, and the others behind <c>--</c>.</summary>
    /// <exception cref="UserError">There is no such option.</exception>
    public static string[] Normalize(IEnumerable<string> args, Command command, Language language)
    {
        Dictionary<string, Option> options = Known(command);
        List<string> flags = [], operands = [];
        Dictionary<string, List<string>> values = [];
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out string? arg))
        {
            if (arg == "--") operands.AddRange(Drained(rest));
            else if (arg.StartsWith("--", StringComparison.Ordinal)) TakeLong(arg, rest);
            else if (arg.Length > 1 && arg[0] == '-') TakeBundle(arg, rest);
            else operands.Add(arg);
        }

        return [.. flags, .. values.SelectMany(pair => pair.Value.Select(value => $"{pair.Key}={value}")), "--", .. operands];

        void TakeLong(string arg, Queue<string> rest)
        {
            int equals = arg.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? arg : arg[..equals];
            Option option = Find(name);
            if (IsFlag(option)) flags.Add(arg);
            else if (equals >= 0) Take(option, arg[(equals + 1)..]);
            else TakeNext(name, option, rest);
        }

        void TakeBundle(string arg, Queue<string> rest)
        {
            for (int i = 1; i < arg.Length; i++)
            {
                string name = $"-{arg[i]}";
                Option option = Find(name);
                if (IsFlag(option))
                {
                    flags.Add(name);
                    continue;
                }

                if (i + 1 < arg.Length) Take(option, arg[(i + 1)..]);
                else TakeNext(name, option, rest);
                return;
            }
        }

        Option Find(string name) => options.GetValueOrDefault(name) ?? throw new UserError(
            $"{UsageErrors.UnknownOption(name, command, language)} (trama {command.Name} --help)", ExitCode.Usage);

        void Take(Option option, string value)
        {
            if (option.Arity.MaximumNumberOfValues > 1 && values.TryGetValue(option.Name, out List<string>? before)) before.Add(value);
            else values[option.Name] = [value];
        }

        void TakeNext(string name, Option option, Queue<string> rest)
        {
            // Without a value the name goes on alone, and the parser says what is missing, if anything is.
            bool mayStandAlone = option.Arity.MinimumNumberOfValues == 0;
            if (rest.TryPeek(out string? next) && !(mayStandAlone && next.StartsWith('-'))) Take(option, rest.Dequeue());
            else flags.Add(name);
        }
    }

    private static Dictionary<string, Option> Known(Command command) => command.Options
        .Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option.Recursive))
        .SelectMany(option => option.Aliases.Append(option.Name).Select(name => (name, option)))
        .ToDictionary(pair => pair.name, pair => pair.option);

    private static bool IsFlag(Option option) => option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0;

    private static string[] Drained(Queue<string> from)
    {
        string[] all = [.. from];
        from.Clear();
        return all;
    }
}
