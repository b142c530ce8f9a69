using System.Globalization;
using Trama.Reports;
using Trama.Reports.Browsing;
using Trama.Reports.Text;
using Trama.Tracing.Choosing;
using Trama.View.Keyboard;
using Trama.View.Pages;
using Trama.View.Saving;
using Trama.View.Screen;

namespace Trama.View;

/// <summary>What a view asks the person: a condition, a text, a packet, where to save; and what it answers.</summary>
internal sealed class ViewQuestions(ViewContext context)
{
    // Terminals take no more than so much for their clipboard.
    private const int MostCopied = 32 << 10;

    private Prompt? _prompt;
    private BrowsingChoice _chosen = context.Choice;
    private string _controls = "";

    /// <summary>Something to be told until the next key.</summary>
    public string Note { get; set; } = "";

    /// <summary>Takes a key while something is asked; false when nothing is.</summary>
    public bool Take(Key key)
    {
        Note = "";
        if (_prompt is not { } asked) return false;
        if (!asked.Take(key) && ReferenceEquals(_prompt, asked)) _prompt = null;
        return true;
    }

    /// <summary>Whether what lists are restricted to was changed since this was asked last.</summary>
    public bool HasChosen()
    {
        bool isNew = !_chosen.Equals(context.Choice);
        _chosen = context.Choice;
        return isNew;
    }

    /// <summary>Control sequences to send once.</summary>
    public string TakeControls()
    {
        string controls = _controls;
        _controls = "";
        return controls;
    }

    /// <summary>The line of the question or note; null when there is neither.</summary>
    public string? Line()
    {
        Line line = context.Line();
        if (_prompt is { } asked)
        {
            line.Add($" {asked.Label} ", TextStyle.Bold).Add(asked.Text).Add(asked.IsForText ? "_" : "");
            if (asked.Refusal is { } refusal) line.Add("  " + refusal, TextStyle.Error);
            return line.ToString();
        }

        return Note.Length > 0 ? line.Add(" " + Note, TextStyle.Warning).ToString() : null;
    }

    /// <summary>Asks for a condition.</summary>
    public void AskCondition() => _prompt = Prompt.ForText("/", context.Choice.Where?.Text ?? "", text =>
    {
        ExchangeCondition? where = null;
        if (text.Trim().Length > 0 && !ExchangeCondition.TryParse(text, out where, out ConditionError error))
        {
            string refusal = ConditionWords.Refusal(text, error, context.Text.Language);
            int start = "--where: ".Length;
            return refusal[start..refusal.IndexOf('\n', StringComparison.Ordinal)];
        }

        context.Choice = context.Choice with { Where = where };
        return null;
    });

    /// <summary>Asks for a text to look for.</summary>
    public void AskText() => _prompt = Prompt.ForText(context.Pick("text:", "texto:"), context.Choice.Search, text =>
    {
        context.Choice = context.Choice with { Search = text };
        return null;
    });

    /// <summary>Asks for the number of a packet.</summary>
    /// <param name="go">Goes there; false when it is none of a connection.</param>
    public void AskPacket(Func<long, bool> go) => _prompt = Prompt.ForText(context.Pick("packet:", "pacote:"), "", text =>
        text.Length == 0 || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long packet) && go(packet)) ? null
            : context.Pick("no packet of a connection that is kept", "não é pacote de uma conexão guardada"));

    /// <summary>Asks in which form a connection is saved, and where.</summary>
    public void AskForm(long? connection)
    {
        if (connection is not { } id)
        {
            Note = context.Pick("select a connection first", "selecione antes uma conexão");
            return;
        }

        string label = context.Pick($"save #{id}:", $"salvar #{id}:");
        _prompt = Prompt.ForKey(label + " p pcap · v SVG · h HTML · m Markdown · Esc", key =>
        {
            SavedForm? form = key switch
            {
                'p' => SavedForm.Pcap,
                'v' => SavedForm.Svg,
                'h' => SavedForm.Html,
                'm' => SavedForm.Markdown,
                _ => null,
            };
            if (form is { } known) AskPath(id, known);
            return form is not null;
        });
    }

    /// <summary>Asks whether a text is to go to the clipboard of the terminal: that may be another machine's.</summary>
    public void AskCopy(string text)
    {
        if (text.Length == 0) return;
        if (text.Length > MostCopied) text = text[..MostCopied];
        _prompt = Prompt.ForKey(context.Pick("copy to your terminal's clipboard (OSC 52)? y n",
            "copiar para a área de transferência do terminal (OSC 52)? s n"), key =>
        {
            if (key is 'y' or 's') (_controls, Note) = (Ansi.Clipboard(text), context.Pick("copied, if your terminal allows it",
                "copiado, se o terminal permitir"));
            return true;
        });
    }

    private void AskPath(long connection, SavedForm form)
    {
        var saved = new SavedConnection(context.Capture, context.Options, context.Text);
        _prompt = Prompt.ForText(context.Pick("file:", "arquivo:"), saved.Name(connection, form), path =>
        {
            if (path.Length == 0) return null;
            try
            {
                if (context.Capture.Read(connection) is not { } detail)
                    return context.Pick("its packets are not there any more", "seus pacotes não existem mais");
                saved.Write(path, detail, form);
                Note = context.Pick($"saved: {path}", $"salvo: {path}");
                return null;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException
                or Captures.CaptureException)
            {
                return error.Message;
            }
        });
    }
}
