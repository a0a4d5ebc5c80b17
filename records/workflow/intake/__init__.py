"""What every complaint rests on before anybody works on it: who receives it, how it is sealed and known again."""
