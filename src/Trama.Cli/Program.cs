using Trama.Captures;
using Trama.Cli;
using Trama.Reports;

Language language = LanguageChoice.From(args, Environment.GetEnvironmentVariable);
try
{
    return await TramaCommand.RunAsync(args, language);
}
catch (UserError error)
{
    return Told(error);
}
catch (CaptureException error)
{
    return Told(CaptureErrors.Describe(error, language));
}
catch (ReaderGoneException)
{
    return ExitCode.Done;
}

static int Told(UserError error)
{
    Console.Error.WriteLine($"trama: {error.Message}");
    return error.Code;
}
