using Trama.View.Screen;

namespace Trama.View.Pages;

/// <summary>A row that was made beforehand.</summary>
/// <param name="Draw">Writes it.</param>
/// <param name="Enter">What is behind it; null when it cannot be selected.</param>
/// <param name="Connection">Its connection; null for none.</param>
/// <param name="Exchanges">Its exchanges; null for none.</param>
/// <param name="Identity">What it is, the same when it is made again; null when it cannot be selected.</param>
internal sealed record Entry(Action<Line> Draw, Func<Page>? Enter = null, long? Connection = null, Func<Page>? Exchanges = null,
    object? Identity = null);
