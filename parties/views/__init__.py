from parties.views.account import account, change_password
from parties.views.home import home
from parties.views.sign_in import continue_as, sign_in, sign_in_again, sign_out

__all__ = ["account", "change_password", "continue_as", "home", "sign_in", "sign_in_again", "sign_out"]
