using Trama.Diagnosis;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Reports.Text;

namespace Trama.View.Pages;

/// <summary>One kind of finding: what it is, what to do, and the connections that have it.</summary>
internal sealed class FindingPage(ViewContext context, ConnectionGroup group) : EntriesPage(context)
{
    private const int MostConnections = 1 << 14;

    /// <inheritdoc/>
    public override string Name => FindingNames.Of(group.Main.Id);

    /// <inheritdoc/>
    public override string Keys => Context.Pick("Enter ladder at the proof · e exchanges · s save · Esc out · ? keys",
        "Enter escada na prova · e trocas · s salva · Esc sai · ? teclas");

    /// <inheritdoc/>
    protected override IEnumerable<Entry> Entries()
    {
        Finding main = group.Main;
        Language language = Context.Text.Language;
        string dot = Context.Text.Ascii ? ", " : " · ";
        yield return Text($" {FindingNames.Of(main.Id)}{dot}{FindingWords.Whose(main.Party, language)}{dot}"
            + PartyWords.Of(main.Confidence, Context), FindingStyle.Of(main.Severity));
        foreach (Entry line in Words(FindingWords.Text(main, language, Context.Text.Ascii), TextStyle.Bold)) yield return line;
        yield return Text("");
        foreach (Entry line in Words(Context.Pick("What to do: ", "O que fazer: ") + FindingWords.Next(main, language)))
            yield return line;
        foreach (Finding other in group.Example.Findings.Skip(1))
        {
            foreach (Entry line in Words(Context.Pick("Also ", "Também ")
                + FindingWords.Note(other, language, Context.Text.Ascii)[2..], TextStyle.Dim)) yield return line;
        }

        yield return Text("");
        yield return Text(" " + CountWords.Connections(group.Numbers.Count, language), TextStyle.Dim);
        foreach (long number in group.Numbers.Take(MostConnections)) yield return Proof(number);
    }

    private Entry Proof(long number)
    {
        Finding? found = Context.Capture.FindingsOf(number).FirstOrDefault(finding => finding.Id == group.Main.Id);
        return new Entry(
            line =>
            {
                line.Right($"#{number}", 8);
                if (Context.Capture.Connection(number) is not { Connection: var connection }) return;
                line.Left($"{connection.Client} {Context.Towards} {connection.Server}", 45)
                    .Left(PartyWords.Of(connection.State, Context), 8);
                if (found is { Packets: [var first, ..] })
                    line.Add(Context.Pick($"packet {first}", $"pacote {first}"), TextStyle.Dim);
            },
            () => new LadderPage(Context, number) { Packet = found is { Packets: [var proof, ..] } ? proof : null },
            number,
            () => ExchangesPage.Of(Context, number),
            Identity: number);
    }
}
