namespace Trama.Reports.Times;

/// <summary>A column of times in a form: one part of an exchange, or several together.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Of">The time of an exchange, in nanoseconds; null when it is not known.</param>
internal sealed record TimeColumn(string Title, Func<ExchangeTimes, long?> Of)
{
    private const int WidthWithTransfers = 150;
    private const int WidthWithTransfer = 100;

    /// <summary>Which part it shows; null for several together.</summary>
    public ExchangePart? Part { get; private init; }

    /// <summary>All parts apart, and their sum.</summary>
    public static IReadOnlyList<TimeColumn> All(Language language) =>
    [
        new(Name(ExchangePart.RequestTransfer, language), times => times.RequestNs) { Part = ExchangePart.RequestTransfer },
        Network(language),
        Server(language),
        new(Name(ExchangePart.ReplyTransfer, language), times => times.ReplyNs) { Part = ExchangePart.ReplyTransfer },
        Total,
    ];

    /// <summary>As many as fit into lines of a width; they add up in any case.</summary>
    public static IReadOnlyList<TimeColumn> Fitting(int width, Language language) => width switch
    {
        >= WidthWithTransfers => All(language),
        >= WidthWithTransfer =>
        [
            Network(language), Server(language),
            new(language.Pick("transfer", "transf."), times => times.RequestNs + times.ReplyNs), Total,
        ],
        _ => [Server(language), new(language.Pick("rest", "resto"), times => times.TotalNs - times.ServerNs), Total],
    };

    /// <summary>The name of a part.</summary>
    public static string Name(ExchangePart part, Language language) => part switch
    {
        ExchangePart.RequestTransfer => language.Pick("upload", "envio"),
        ExchangePart.Network => language.Pick("network", "rede"),
        ExchangePart.Server => language.Pick("server", "servidor"),
        _ => language.Pick("download", "recepção"),
    };

    private static TimeColumn Network(Language language) =>
        new(Name(ExchangePart.Network, language), times => times.NetworkNs) { Part = ExchangePart.Network };

    private static TimeColumn Server(Language language) =>
        new(Name(ExchangePart.Server, language), times => times.ServerNs) { Part = ExchangePart.Server };

    private static TimeColumn Total { get; } = new("total", times => times.TotalNs);
}
