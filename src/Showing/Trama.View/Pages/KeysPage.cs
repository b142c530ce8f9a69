namespace Trama.View.Pages;

/// <summary>Every key.</summary>
internal sealed class KeysPage(ViewContext context) : EntriesPage(context)
{
    /// <inheritdoc/>
    public override string Name => Context.Pick("keys", "teclas");

    /// <inheritdoc/>
    public override string Keys => Context.Pick("Esc out", "Esc sai");

    /// <inheritdoc/>
    protected override IEnumerable<Entry> Entries() => Table.Select(row => new Entry(line => line.Add("  ")
        .Left(row.Key, 22, Reports.Text.TextStyle.Bold).Add(Context.Pick(row.English, row.Portuguese))));

    private static (string Key, string English, string Portuguese)[] Table =>
    [
        ("j k  Down Up", "next row, row before; a text scrolls", "próxima linha, linha anterior; um texto rola"),
        ("PgDn PgUp  ^D ^U", "a page, half a page", "uma página, meia página"),
        ("Home End  G", "first row, last row; live, End follows what comes", "primeira, última; ao vivo, End segue o que chega"),
        ("Enter  Right", "in: one step nearer", "entra: um passo mais perto"),
        ("Esc  Left  Backspace", "out: one step back", "sai: um passo atrás"),
        ("l", "the ladder of the selected connection", "a escada da conexão selecionada"),
        ("e", "the exchanges of the selection", "as trocas da seleção"),
        ("/", "filter: a condition, as --where takes it", "filtro: uma condição, como em --where"),
        ("t", "text: only what has it somewhere", "texto: só o que o contém"),
        ("f", "only what went wrong, or all again", "só o que deu errado, ou tudo de novo"),
        ("o O", "the next order; turn it round", "a próxima ordem; inverte"),
        ("c", "only the client's, only the server's, or both", "só do cliente, só do servidor, ou ambos"),
        ("g", "go to a packet by its number", "vai a um pacote pelo número"),
        ("m", "mark the row, or take the mark away", "marca a linha, ou desmarca"),
        ("n N", "next, previous mark or finding", "próxima, anterior marca ou achado"),
        ("Space", "live: pause, and go on", "ao vivo: pausa, e continua"),
        ("s", "save the connection: p pcap, v SVG, h HTML, m Markdown",
            "salva a conexão: p pcap, v SVG, h HTML, m Markdown"),
        ("y", "copy the row to your clipboard (OSC 52), after asking",
            "copia a linha (OSC 52), depois de perguntar"),
        ("^L", "draw everything again", "desenha tudo de novo"),
        ("^Z", "to the shell; fg comes back", "vai ao shell; fg volta"),
        ("q  ^C", "end", "encerra"),
    ];
}
