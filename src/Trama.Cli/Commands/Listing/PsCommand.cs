using System.CommandLine;
using System.Text;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Viewing;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Processes.Sockets;
using Trama.Reports;
using Trama.Reports.Text;
using Trama.View;

namespace Trama.Cli.Commands.Listing;

/// <summary><c>trama ps</c>: who talks to whom on this machine now.</summary>
internal sealed class PsCommand : BilingualCommand
{
    private readonly Language _language;
    private readonly ProcessOptions _processes;
    private readonly Option<bool> _listening, _all, _faults, _json, _ndjson, _ascii;
    private readonly Option<long?> _port;
    private readonly Option<string> _state, _sort;
    private readonly Option<TimeSpan?> _watch;

    public PsCommand(Language language) : base(
        language,
        "ps",
        language.Pick("Who talks to whom on this machine now; what is sick comes first",
            "Quem fala com quem nesta máquina agora; o que está doente vem antes"),
        ("sudo trama ps", language.Pick("every connection, and the program that has it", "cada conexão, e o programa que a tem")),
        ("trama ps --process nginx", language.Pick("those of one program", "as de um programa")),
        ("trama ps --port 5432 --sort rate", language.Pick("those of a port, the busiest first", "as de uma porta, a mais ativa antes")),
        ("trama ps --listening", language.Pick("who waits for connections, and where", "quem espera conexões, e onde")),
        ("trama ps --watch 1s", language.Pick("again every second; Ctrl-C ends", "de novo a cada segundo; Ctrl-C encerra")),
        ("trama ps --json", language.Pick("as data", "como dados")))
    {
        _language = language;
        Group("Which", "Quais");
        _processes = new ProcessOptions(this, language);
        _listening = Flag("--listening", "Sockets that wait for connections, in place of connections",
            "Sockets que esperam conexões, em vez de conexões", "-l");
        _all = Flag("--all", "All sockets, also those in TIME-WAIT, each on a line of its own",
            "Todos os sockets, também os em TIME-WAIT, cada um em sua linha", "-a");
        _port = Number("--port", "N", 1, 65535, "Only sockets with this port at either end",
            "Apenas sockets com esta porta em uma das pontas");
        _state = Value("--state", language.Pick("STATE", "ESTADO"), "Only sockets in this state, as the table writes it: ESTAB, CLOSE-WAIT",
            "Apenas sockets neste estado, como a tabela o escreve: ESTAB, CLOSE-WAIT");
        _faults = Flag("--faults", "Only what is sick", "Apenas o que está doente", "-f");
        Group("How", "Como");
        _watch = QuantityOptions.OptionalDuration(
            language,
            "--watch",
            TimeSpan.FromMilliseconds(100),
            language.Pick("Look again, every 2 s or as often as told", "Olha de novo, a cada 2 s ou no intervalo dado"));
        _watch.Arity = ArgumentArity.ZeroOrOne;
        Add(_watch);
        _sort = Value("--sort", language.Pick("KEY", "CHAVE"),
            $"The largest first, not the sick: {string.Join(", ", SocketSorts.Names)}",
            $"O maior antes, não os doentes: {string.Join(", ", SocketSorts.Names)}");
        _sort.AcceptOnlyFromAmong(SocketSorts.Names);
        _json = Flag("--json", "As JSON; with --watch, a line for each look", "Em JSON; com --watch, uma linha por olhada");
        _ndjson = Flag("--ndjson", "As JSON, an object a line for each socket", "Em JSON, um objeto por linha para cada socket");
        _ascii = Flag("--ascii", "ASCII characters only", "Apenas caracteres ASCII");
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        ProcessChoice? owner = _processes.Choice(values);
        if (values.Has(_json) && values.Has(_ndjson))
            throw values.Wrong("--json and --ndjson exclude each other", "--json e --ndjson se excluem");
        var choice = new SocketChoice
        {
            Process = owner?.Process,
            User = owner?.User,
            Container = owner?.Container,
            Port = (int?)values.Of(_port),
            State = values.Of(_state),
            OnlyFaults = values.Has(_faults),
            Listening = values.Has(_listening),
            All = values.Has(_all),
        };
        if (choice.State is { } state && !TcpSocketStates.All.Contains(state, StringComparer.OrdinalIgnoreCase)) throw values.Wrong(_state);
        bool goesOn = values.Has(_watch);
        TimeSpan pause = values.Of(_watch) ?? TimeSpan.FromSeconds(2);
        using var watch = new SocketWatch(_language) { Remembers = goesOn };
        if (goesOn && !values.Has(_json) && !values.Has(_ndjson) && Keyboard() is { } keyboard)
        {
            using (keyboard) Watch(watch, pause, new SocketScreen(choice, values.Of(_sort), _language), values, keyboard);
            return ExitCode.Done;
        }

        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop);
        var output = StandardOutputPipe.Open();
        while (true)
        {
            Show(Look(watch), choice, values, output);
            if (!goesOn || stop.Token.WaitHandle.WaitOne(pause)) return ExitCode.Done;
        }
    }

    // Null where there is no screen, or nobody to type: then one table follows the other.
    private static TypedBytes? Keyboard()
    {
        if (!Terminal.IsScreen) return null;
        try
        {
            return new TypedBytes();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Watch(SocketWatch watch, TimeSpan pause, SocketScreen screen, OptionValues values, TypedBytes keyboard)
    {
        TextOptions text = Terminal.Options(_language);
        var view = new ListView(new ListOptions(text with { Ascii = text.Ascii || values.Has(_ascii) }, screen.Content)
        {
            Keys = screen.Keys,
            Letter = screen.Take,
        });
        new ScreenSession(keyboard, "trama ps").Run(
            view,
            stop =>
            {
                do screen.Take(Look(watch));
                while (!stop.WaitHandle.WaitOne(pause));
            },
            stays: () => true);
    }

    private SocketLook Look(SocketWatch watch)
    {
        try
        {
            return watch.Look();
        }
        catch (SocketTableException error)
        {
            throw SocketWatch.Refusal(error, _language);
        }
    }

    private void Show(SocketLook look, SocketChoice choice, OptionValues values, StandardOutputPipe output)
    {
        SocketRow[] rows = [.. look.Rows.Where(choice.Includes)];
        string? sort = values.Of(_sort);
        if (values.Has(_json) || values.Has(_ndjson))
        {
            IEnumerable<SocketRow> sorted = SocketSorts.Sorted(SocketGroup.Of(rows, apart: true), sort).Select(group => group.First);
            if (values.Has(_json)) SocketJson.Write(output, look, sorted, _language);
            else SocketJson.WriteLines(output, look, sorted, _language);
            return;
        }

        TextOptions options = Terminal.Options(_language);
        options = options with { Ascii = options.Ascii || values.Has(_ascii) };
        string page = new SocketTableText(options, choice, sort).Draw(rows);
        bool goesOn = values.Has(_watch);
        output.Write(Encoding.UTF8.GetBytes(goesOn ? page + "\n" : page));
        Tell(look);
        if (rows.Length > 0 || goesOn) return;
        Console.Error.WriteLine(_language.Pick("trama: no socket fits", "trama: nenhum socket corresponde"));
    }

    // What is missing is told, so that nobody takes the list for the whole.
    private void Tell(SocketLook look)
    {
        if (!look.HasProcesses)
        {
            Console.Error.WriteLine(_language.Pick(
                "trama: there is no /proc here, so no process is known", "trama: não há /proc aqui, então nenhum processo é conhecido"));
        }
        else if (look.Hidden is > 0 and var hidden)
        {
            string few = hidden == 1 ? "" : "s", more = look.IsRoot ? ""
                : _language.Pick("; sudo trama ps shows more", "; sudo trama ps mostra mais");
            Console.Error.WriteLine(_language.Pick(
                $"trama: {hidden} socket{few} of other users or of processes that cannot be seen from here",
                $"trama: {hidden} socket{few} de outros usuários ou de processos que não se veem daqui") + more);
        }
    }
}
