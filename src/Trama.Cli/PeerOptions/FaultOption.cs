using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Trama.Cli.CommandLine;
using Trama.Peers.Misbehaving;
using Trama.Reports;

namespace Trama.Cli.PeerOptions;

/// <summary>
/// <c>--fault</c>: what a peer does wrong on purpose, in the words of <c>trama diagnose</c> where it has one:
/// <c>latency=50ms~10ms,reset-after=100,chance=10%</c>.
/// </summary>
internal static class FaultOption
{
    private const string Words =
        "latency=50ms~10ms, rate=64KiB/s, slice=3, zero-window[=64KiB], window-limited=4KiB, reset-after=100, truncate=10, "
        + "closed-without-reply, no-reply, garble=0.1%, packet-loss=5%, nagle, chance=10%";

    /// <summary>The option, which may come several times.</summary>
    /// <param name="language">The language of its help and errors.</param>
    /// <param name="listens">Whether the peer listens, and so can accept slowly.</param>
    /// <param name="name">Its name.</param>
    public static Option<FaultPlan[]> Create(Language language, bool listens, string name = "--fault")
    {
        string words = listens ? Words + ", backlog-overflow=1s" : Words;
        return new(name)
        {
            Description = language.Pick(
                $"Misbehave on purpose, joined by commas: {words}. May come again; the first whose chance selects a connection holds",
                $"Comporta-se mal de propósito, separado por vírgulas: {words}. Pode repetir; vale a primeira cujo chance "
                    + "escolhe a conexão"),
            HelpName = language.Pick("FAULTS", "FALHAS"),
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [],
            CustomParser = result => [.. result.Tokens.Select(token => Plan(result, token.Value, listens, language))],
        };
    }

    private static FaultPlan Plan(ArgumentResult result, string text, bool listens, Language language)
    {
        var plan = new FaultPlan();
        string option = ((OptionResult)result.Parent!).Option.Name;
        foreach (string fault in text.Split(','))
        {
            int equals = fault.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? fault : fault[..equals];
            if (Expected(name, listens) is not { } expected)
            {
                result.AddError(language.Pick($"{option}: unknown fault '{name}'; there are: {Words}",
                    $"{option}: falha desconhecida '{name}'; existem: {Words}"));
                return plan;
            }

            if (name == "packet-loss" && !OperatingSystem.IsLinux())
            {
                result.AddError(language.Pick($"{option}: packet-loss needs Linux", $"{option}: packet-loss precisa do Linux"));
                return plan;
            }

            if (With(plan, name, equals < 0 ? null : fault[(equals + 1)..]) is not { } with)
            {
                result.AddError(language.Pick($"{option}: expected {expected}, got '{fault}'",
                    $"{option}: esperava {expected}, veio '{fault}'"));
                return plan;
            }

            plan = with;
        }

        return plan;
    }

    private static string? Expected(string name, bool listens) => name switch
    {
        "latency" => "latency=50ms | latency=50ms~10ms",
        "rate" => "rate=64KiB/s",
        "slice" => "slice=3",
        "zero-window" => "zero-window | zero-window=64KiB",
        "window-limited" => "window-limited=4KiB",
        "reset-after" => "reset-after=100",
        "truncate" => "truncate=10",
        "closed-without-reply" or "no-reply" or "nagle" => name,
        "garble" => "garble=0.01 | garble=1%",
        "packet-loss" => "packet-loss=0.05 | packet-loss=5%",
        "chance" => "chance=0.1 | chance=10%",
        "backlog-overflow" when listens => "backlog-overflow=1s",
        _ => null,
    };

    // The plan with one fault more; null when the value does not make sense.
    private static FaultPlan? With(FaultPlan plan, string name, string? value) => (name, value) switch
    {
        ("closed-without-reply", null) => plan with { ClosedWithoutReply = true },
        ("no-reply", null) => plan with { NoReply = true },
        ("nagle", null) => plan with { Nagle = true },
        ("zero-window", null) => plan with { ZeroWindow = 0 },
        (_, null) => null,
        ("latency", _) => WithLatency(plan, value.Split('~')),
        ("rate", _) when value.EndsWith("/s", StringComparison.Ordinal) && Size(value[..^2], 1) is { } rate => plan with { Rate = rate },
        ("slice", _) when Size(value, 1, int.MaxValue) is { } slice => plan with { Slice = (int)slice },
        ("zero-window", _) when Size(value, 0) is { } read => plan with { ZeroWindow = read },
        ("window-limited", _) when Size(value, 1, int.MaxValue) is { } window => plan with { WindowLimited = (int)window },
        ("reset-after", _) when Size(value, 0) is { } sent => plan with { ResetAfter = sent },
        ("truncate", _) when Size(value, 0) is { } sent => plan with { Truncate = sent },
        ("garble", _) when Probability(value) is { } garble => plan with { Garble = garble },
        ("packet-loss", _) when Probability(value) is { } loss => plan with { PacketLoss = loss },
        ("chance", _) when Probability(value) is { } chance => plan with { Chance = chance },
        ("backlog-overflow", _) when Durations.TryParse(value, out TimeSpan pause) => plan with { BacklogOverflow = pause },
        _ => null,
    };

    private static FaultPlan? WithLatency(FaultPlan plan, string[] parts)
    {
        if (parts.Length > 2 || !Durations.TryParse(parts[0], out TimeSpan latency)) return null;
        TimeSpan jitter = TimeSpan.Zero;
        if (parts.Length == 2 && !Durations.TryParse(parts[1], out jitter)) return null;
        return plan with { Latency = latency, Jitter = jitter };
    }

    private static long? Size(string text, long least, long most = long.MaxValue) =>
        Sizes.TryParse(text, out long bytes) && bytes >= least && bytes <= most ? bytes : null;

    private static double? Probability(string text)
    {
        bool percent = text.EndsWith('%');
        string number = percent ? text[..^1] : text;
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && (percent ? value / 100 : value) is >= 0 and <= 1 and double probability ? probability : null;
    }
}
